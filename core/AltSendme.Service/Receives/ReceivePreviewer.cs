using AltSendme.Abstractions;
using AltSendme.Core.Errors;
using AltSendme.Core.Previews;
using AltSendme.Core.Progress;
using AltSendme.Core.Receiving;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Hosting;

namespace AltSendme.Service.Receives;

/// <summary>Asks a sender what a ticket names and goes away again: nothing is fetched, written or kept. What is received later is the same, since the ticket's hash names it.</summary>
internal sealed class ReceivePreviewer(LiveCore core) : IDisposable
{
    /// <summary>Senders that are asked at once.</summary>
    public const int MaxAtOnce = 4;

    private readonly SemaphoreSlim _places = new(MaxAtOnce);

    /// <exception cref="AltSendmeException">The order can't be used, or the sender can't be asked.</exception>
    public async Task<PreviewView> PreviewAsync(PreviewOrder order, CancellationToken cancellationToken)
    {
        var tickets = ReceiveOrders.Tickets(order.Tickets);
        var destination = ReceiveOrders.Destination(order.Destination, core.Current);
        if (!await _places.WaitAsync(TimeSpan.Zero, cancellationToken))
            throw new ServiceException(ServiceCodes.Busy, "Several senders are being asked already. Try again when they have answered.");
        try
        {
            var services = core.Current;
            var seen = new Seen();
            PreviewReady? proved = null;
            var request = new ReceiveRequest
            {
                Ticket = tickets[0],
                MoreTickets = [.. tickets.Skip(1)],
                Destination = destination,
                RetryFor = TimeSpan.Zero,
                StallAfter = services.Settings.Receive.StallAfter,
                Consent = (preview, _) =>
                {
                    proved = preview;
                    return ValueTask.FromResult(false);
                },
            };
            try
            {
                await new ReceiveSession(services, request, seen).RunAsync(cancellationToken);
            }
            catch (TransferAbortedException exception) when (exception.Code == ErrorCodes.Declined)
            {
                // Declined by us: all that was wanted is here.
            }

            return View(seen, proved!, tickets[0], destination);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private static PreviewView View(Seen seen, PreviewReady proved, Core.Tickets.BlobTicket ticket, string destination) => new()
    {
        Sender = ticket.Endpoint.ToShortString(),
        Hash = ticket.Root.ToString(),
        OneTime = ticket.IsOneTime,
        Expires = ticket.Expires,
        Files = proved.Files.Count,
        Bytes = proved.Bytes,
        PresentBytes = proved.PresentBytes,
        Names = [.. proved.Files.Take(PreviewView.MaxFiles).Select(static file => new FileView(file.Name, file.Bytes))],
        ChangedNames = seen.Changed,
        Stated = seen.Stated is { } stated ? View(stated) : null,
        Differs = seen.Differs,
        Destination = destination,
        FreeBytes = FreeBytes(destination),
    };

    private static StatedView View(SharePreview stated) =>
        new(stated.Name, stated.ItemCount, stated.Bytes, stated.MimeType, stated.Thumbnail, [.. stated.Items.Select(static item => new StatedItemView(item.Name, item.Bytes, item.MimeType, item.Thumbnail))]);

    private static long? FreeBytes(string folder)
    {
        try
        {
            var existing = folder;
            while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
                existing = parent;
            return new DriveInfo(existing).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private sealed class Seen : IProgress<TransferEvent>
    {
        // Guards the list: events may come from any thread.
        private readonly Lock _gate = new();
        private readonly List<ChangedNameView> _changed = [];

        public SharePreview? Stated { get; private set; }

        public bool Differs { get; private set; }

        public IReadOnlyList<ChangedNameView> Changed
        {
            get
            {
                lock (_gate)
                    return [.. _changed];
            }
        }

        public void Report(TransferEvent value)
        {
            lock (_gate)
            {
                switch (value)
                {
                    case SenderPreviewed e:
                        Stated = e.Preview;
                        break;
                    case PreviewDiffers:
                        Differs = true;
                        break;
                    case NameChanged e:
                        _changed.Add(new ChangedNameView(e.From, e.To));
                        break;
                    default:
                        break;
                }
            }
        }
    }
}
