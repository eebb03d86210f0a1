using System.CommandLine;
using System.Reflection;
using AltSendme.Abstractions;

namespace AltSendme.Cli.Commands;

/// <summary><c>altsendme version</c>.</summary>
internal static class VersionCommand
{
    public static Command Create()
    {
        var command = new Command("version", "Show the version of the program and of its plugin contract.");
        command.SetAction(static _ => Run(Console.Out));
        return command;
    }

    public static int Run(TextWriter output)
    {
        var version = typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        output.WriteLine($"altsendme {version} (plugin contract {ContractVersion.Current})");
        return ExitCodes.Done;
    }
}
