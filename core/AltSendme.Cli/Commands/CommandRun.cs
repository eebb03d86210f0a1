using System.CommandLine;
using AltSendme.Abstractions;
using AltSendme.Cli.Rendering;
using AltSendme.Core;
using AltSendme.Core.Plugins;
using AltSendme.Core.Policy.Sources;
using AltSendme.Core.Settings;
using Microsoft.Extensions.Logging;

namespace AltSendme.Cli.Commands;

/// <summary>What commands have in common while they run: services, and the one place where an exception becomes a line and an exit code.</summary>
internal static class CommandRun
{
    /// <summary>Settings and plugins of this program; the caller disposes it.</summary>
    public static CoreServices OpenServices(ParseResult result)
    {
        return CoreServices.Open(SettingsFiles.Default(), PluginSearch.DefaultRoots(AppContext.BaseDirectory), PolicySources.Default(), CommandLineSettings.Of(result), result.GetValue(CommonOptions.Verbose) ? new LoggerFactory([new ErrorStreamLoggerProvider()], new LoggerFilterOptions { MinLevel = LogLevel.Debug }) : null);
    }

    /// <summary>Runs a command's body and reports how it ended.</summary>
    /// <param name="result">The parsed command line.</param>
    /// <param name="json">Where errors go as JSON; <see langword="null"/> for text.</param>
    /// <param name="interrupted">What to say when the person stopped it.</param>
    /// <param name="body">The command.</param>
    public static async Task<int> GuardAsync(ParseResult result, JsonView? json, string interrupted, Func<Task<int>> body)
    {
        try
        {
            return await body();
        }
        catch (OperationCanceledException)
        {
            return await ReportAsync(json, "interrupted", interrupted, ExitCodes.Interrupted, null);
        }
        catch (AltSendmeException exception)
        {
            return await ReportAsync(json, exception.Code, exception.Message, ExitCodes.Of(exception), Detail(result, exception));
        }
        catch (Exception exception)
        {
            return await ReportAsync(json, "unexpected", $"Unexpected: {exception.Message} This is a fault in the program; please report it with the output of the same command and --verbose.", ExitCodes.Unexpected, Detail(result, exception));
        }
    }

    private static string? Detail(ParseResult result, Exception exception) => result.GetValue(CommonOptions.Verbose) ? exception.ToString() : null;

    private static async Task<int> ReportAsync(JsonView? json, string code, string message, int exitCode, string? detail)
    {
        var line = SafeText.Of(message.ReplaceLineEndings(" "));
        if (json is not null)
            json.Error(code, line, exitCode);
        else
            await Console.Error.WriteLineAsync($"altsendme: {line}");
        if (detail is not null)
            await Console.Error.WriteLineAsync(detail);
        return exitCode;
    }
}
