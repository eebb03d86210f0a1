using AltSendme.Service.Client.Clipboard;

namespace AltSendme.Cli.Clipboard;

/// <summary><c>--copy</c>: the desktop's clipboard, then the terminal's, and a line that says which it was. The ticket is printed in any case.</summary>
internal static class TicketCopy
{
    public static async Task CopyAsync(string ticket, bool quiet, CancellationToken cancellationToken) =>
        await SayAsync(await SystemClipboard.TryCopyAsync(ticket, cancellationToken) || TerminalClipboard.TryAsk(ticket), quiet);

    /// <summary>Says how it went.</summary>
    /// <param name="isCopied">Whether the ticket is on a clipboard.</param>
    /// <param name="quiet">Not to say it.</param>
    public static async Task SayAsync(bool isCopied, bool quiet)
    {
        if (!quiet)
            await Console.Error.WriteLineAsync(isCopied ? "The ticket is on the clipboard." : $"The ticket is not on the clipboard: {SystemClipboard.Advice}.");
    }
}
