using AltSendme.Abstractions;
using AltSendme.Cli.Rendering;
using AltSendme.Core.Errors;
using AltSendme.Core.Progress;
using AltSendme.Core.Receiving;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;

namespace AltSendme.Cli.Commands;

/// <summary><c>altsendme receive --background</c>: the service receives, and the command returns once you have agreed.</summary>
internal static class BackgroundReceive
{
    /// <summary>How long <c>--wait</c> waits for a sender that is not there.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromDays(7);

    public static async Task<int> RunAsync(IReadOnlyList<string> tickets, string destination, ConflictRule? conflict, bool wait, Func<PreviewReady, CancellationToken, ValueTask<bool>> consent, bool yes, JsonView? json, CancellationToken cancellationToken)
    {
        using var service = ServiceConnection.Default(start: true);
        var folder = Path.GetFullPath(destination);
        if (!yes)
        {
            var preview = await service.PreviewAsync(new PreviewOrder { Tickets = tickets, Destination = folder }, cancellationToken);
            if (!await consent(new PreviewReady([.. preview.Names.Select(static file => new PreviewFile(file.Name, file.Bytes))], preview.Bytes, preview.PresentBytes), cancellationToken))
                throw new TransferAbortedException(ErrorCodes.Declined, "Not received, as you said.");
        }

        var receive = await service.StartReceiveAsync(new ReceiveOrder { Tickets = tickets, Destination = folder, Conflict = conflict, WaitUntil = wait ? TimeProvider.System.GetUtcNow() + Wait : null }, cancellationToken);
        if (json is not null)
            JsonOutput.Write(receive, ContractJson.Default.ReceiveView);
        else
            Console.WriteLine($"Receiving in the background as {receive.Id}; 'altsendme receives list' tells how it goes.");
        return ExitCodes.Done;
    }
}
