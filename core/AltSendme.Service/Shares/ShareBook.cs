using System.Collections.Concurrent;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Connection;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Events;
using AltSendme.Service.Hosting;
using AltSendme.Service.Storage;
using Microsoft.Extensions.Logging;

namespace AltSendme.Service.Shares;

/// <summary>All shares of the service: made here, found by id, revived after a restart.</summary>
internal sealed class ShareBook(string folder, LiveCore core, EventRing events, TicketClipboard clipboard, TimeProvider clock, ILogger<ShareBook> logger) : IDisposable
{
    /// <summary>Shares that are served at once.</summary>
    public const int MaxActive = 256;

    private const int MaxEnded = 50;
    private const int MaxHashing = 2;

    private readonly ConcurrentDictionary<string, HostedShare> _shares = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _hashing = new(MaxHashing);

    /// <summary>Shares that are prepared or served.</summary>
    public int Active => _shares.Values.Count(static share => share.IsActive);

    /// <summary>All, the oldest first.</summary>
    public IReadOnlyList<ShareView> All => [.. _shares.Values.Select(static share => share.View).OrderBy(static view => view.Created)];

    /// <summary>Takes up the shares that an earlier run kept.</summary>
    public void Revive()
    {
        foreach (var (record, kept) in ShareFolder.ReadAll(folder))
        {
            if (record.Hash is null || record.Expires <= clock.GetUtcNow())
            {
                // Nobody ever got its ticket, or it is of no use any more.
                kept.Delete();
                continue;
            }

            var share = new HostedShare(record, kept, core, events, clipboard, clock, logger);
            _shares[record.Id] = share;
            share.Start(_hashing, copy: false);
        }
    }

    /// <summary>Makes a share.</summary>
    /// <exception cref="ServiceException">There are too many, or the order can't be used.</exception>
    /// <param name="order">What to share, and how.</param>
    /// <param name="upload">Folder whose content becomes the share's own, in place of paths and text; it is taken away once nothing can stand against it.</param>
    public HostedShare Create(ShareOrder order, string? upload = null)
    {
        ShareOrders.Check(upload is null ? order : order with { Paths = [upload] }, clock.GetUtcNow());
        if (Active >= MaxActive)
            throw new ServiceException(ServiceCodes.Busy, $"There are {MaxActive} shares already. Stop one that is no longer needed.");
        var settings = core.Current.Settings.Send;

        // What was uploaded is lost with a share that fails, so that what can be known before is.
        if (upload is not null)
            core.Current.Policy.JudgeShare(order.TicketType ?? settings.TicketType, order.Broadcast).ThrowIfDenied();
        ServicePlace.MakePrivate(folder);
        var id = RecordId.New();
        var kept = ShareFolder.Of(folder, id);
        var record = new ShareRecord
        {
            Id = id,
            Created = clock.GetUtcNow(),
            Paths = upload is not null ? kept.TakeOver(upload) : order.Text is { } text ? [kept.WriteText(order.Name ?? ShareOrders.DefaultName, text)] : [.. order.Paths],
            IsText = order.Text is not null,
            IsUpload = upload is not null,
            TicketType = order.TicketType ?? settings.TicketType,
            Broadcast = order.Broadcast,
            Expires = order.Expires ?? (settings.Lifetime > TimeSpan.Zero ? clock.GetUtcNow() + settings.Lifetime : null),
            UsesUserKey = settings.PersistentIdentity,
            Notify = order.Notify,
        };
        kept.Write(record);
        var share = new HostedShare(record, kept, core, events, clipboard, clock, logger);
        _shares[id] = share;
        Trim();
        share.Start(_hashing, order.Copy);
        return share;
    }

    /// <exception cref="ServiceException">There is none with this id.</exception>
    public HostedShare Find(string id) => _shares.TryGetValue(id, out var share) ? share : throw new ServiceException(ServiceCodes.NotFound, $"There is no share {id}. 'altsendme shares list' shows those that there are.");

    /// <summary>Ends a share and takes it off the list.</summary>
    public async Task RemoveAsync(string id)
    {
        await Find(id).StopAsync();
        Unlist(id);
    }

    /// <summary>Ends serving; what is kept goes on with the next run.</summary>
    public Task SuspendAsync() => Task.WhenAll(_shares.Values.Select(static share => share.SuspendAsync()));

    public void Dispose()
    {
        foreach (var share in _shares.Values)
            share.Dispose();
        _hashing.Dispose();
    }

    private void Trim()
    {
        foreach (var view in All.Where(static view => view.State == ShareState.Ended).Reverse().Skip(MaxEnded))
            Unlist(view.Id);
    }

    private void Unlist(string id)
    {
        if (_shares.TryRemove(id, out _))
            events.Publish(new ServiceEvent(ServiceEventType.ShareRemoved, id));
    }
}
