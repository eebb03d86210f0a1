using AltSendme.Cli.Clipboard;
using AltSendme.Cli.Rendering;
using AltSendme.Core.Progress;
using AltSendme.Core.Settings;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;

namespace AltSendme.Cli.Commands;

/// <summary><c>altsendme send --background</c>: the service shares, and the command prints the ticket and returns.</summary>
internal static class BackgroundSend
{
    public static async Task<int> RunAsync(IReadOnlyList<string> paths, string? text, string? name, TicketForm? form, bool broadcast, bool copy, JsonView? json, CancellationToken cancellationToken)
    {
        using var service = ServiceConnection.Default(start: true);
        var share = await service.CreateShareAsync(new ShareOrder { Paths = [.. paths.Select(Path.GetFullPath)], Text = text, Name = text is null ? null : name, TicketType = form, Broadcast = broadcast }, cancellationToken);
        if (json is not null)
            json.Shared(share);
        else
            await WriteAsync(share, cancellationToken);
        if (!copy)
            return ExitCodes.Done;
        var (copied, advice) = await SystemClipboard.TryCopyAsync(share.Ticket!, cancellationToken);
        if (json is null)
            await Console.Error.WriteLineAsync(copied ? "The ticket is on the clipboard." : $"The ticket is not on the clipboard: {advice}.");
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
