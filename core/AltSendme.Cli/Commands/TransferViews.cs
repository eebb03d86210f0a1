using System.CommandLine;
using AltSendme.Cli.Rendering;
using Spectre.Console;

namespace AltSendme.Cli.Commands;

/// <summary>Picks how a transfer is shown: JSON lines, bars that move on a terminal, or plain lines.</summary>
internal static class TransferViews
{
    public static ITransferView Choose(ParseResult result, JsonView? json)
    {
        if (json is not null)
            return json;
        if (result.GetValue(CommonOptions.NoProgress) || Console.IsErrorRedirected)
            return new PlainView(Console.Error);
        return new LiveView(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }));
    }

    public static JsonView? Json(ParseResult result) => result.GetValue(CommonOptions.Json) ? new JsonView(Console.OpenStandardOutput()) : null;
}
