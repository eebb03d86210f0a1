using System.CommandLine;
using AltSendme.Cli.Commands;

namespace AltSendme.Cli;

/// <summary>The tree of commands.</summary>
internal static class CommandLine
{
    /// <summary>Every command with its options; what completions and the manual page are made from, too.</summary>
    public static RootCommand CreateTree() => new("Sends files straight from one machine to another: encrypted end to end, verified as they arrive, resumable. No account, nothing stored in between.")
    {
        CommonOptions.Verbose,
        SendCommand.Create(),
        ReceiveCommand.Create(),
        ShareCommand.Create(),
        SharesCommand.Create(),
        ReceivesCommand.Create(),
        ServiceCommand.Create(),
        TicketCommand.Create(),
        PluginsCommand.Create(),
        RelayCommand.Create(),
        VersionCommand.Create(),
        ConfigCommand.Create(),
        IntegrateCommand.Create(),
        SettingsCommand.Create(),
        PolicyCommand.Create(),
        DoctorCommand.Create(),
    };

    public static async Task<int> RunAsync(string[] args, Interruption interruption)
    {
        var result = CreateTree().Parse(args);
        if (result.Errors.Count > 0)
        {
            // Only the sentence: the whole help would push it off the screen.
            foreach (var error in result.Errors)
                await Console.Error.WriteLineAsync($"altsendme: {error.Message}");
            await Console.Error.WriteLineAsync("Run 'altsendme --help' to see what there is.");
            return ExitCodes.Usage;
        }

        return await result.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, interruption.Token);
    }
}
