using AltSendme.Cli.Clipboard;
using AltSendme.Cli.Rendering;
using AltSendme.Core.Progress;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;

namespace AltSendme.Cli.Commands;

/// <summary><c>altsendme send --background</c>: the service shares, and the command prints the ticket and returns.</summary>
internal static class BackgroundSend
{
    public static async Task<int> RunAsync(ShareOrder order, JsonView? json, CancellationToken cancellationToken)
    {
        using var service = ServiceConnection.Default(start: true);
        var share = await service.CreateShareAsync(order, cancellationToken);
        if (json is not null)
            json.Shared(share);
        else
            await WriteAsync(share, cancellationToken);

        // The service may run outside of the desktop or terminal that this command runs in.
        if (share.IsCopied == false)
            await TicketCopy.CopyAsync(share.Ticket!, quiet: json is not null, cancellationToken);
        else if (order.Copy)
            await TicketCopy.SayAsync(isCopied: true, quiet: json is not null);
        return ExitCodes.Done;
    }

    private static async Task WriteAsync(ShareView share, CancellationToken cancellationToken)
    {
        foreach (var skipped in share.Skipped)
            await Console.Error.WriteLineAsync($"Skipped {SafeText.Of(skipped.Path)}: {skipped.Reason}.");
        await Console.Error.WriteLineAsync($"Sharing {SafeText.Of(share.Name ?? "")} in the background: {TextLines.Files(share.Files ?? 0)}, {ByteText.Of(share.Bytes ?? 0)}. On the other machine: altsendme receive TICKET");
        await Console.Out.WriteLineAsync(share.Ticket);
        await Console.Out.FlushAsync(cancellationToken);
        await Console.Error.WriteLineAsync($"'altsendme shares show {share.Id}' tells how it goes, 'altsendme shares stop {share.Id}' ends it.");
    }
}
