using AltSendme.Cli;
using AltSendme.Cli.Commands;

// Asked most often by scripts, and needs nothing that the rest does.
if (args is ["version"] or ["--version"])
    return VersionCommand.Run(Console.Out);

using var interruption = new Interruption();
return await CommandLine.RunAsync(args, interruption);
