using System.Collections.Concurrent;
using AltSendme.Abstractions;
using AltSendme.Core.Tickets;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Connection;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Events;
using AltSendme.Service.Hosting;
using AltSendme.Service.Storage;
using Microsoft.Extensions.Logging;

namespace AltSendme.Service.Receives;

/// <summary>All receives of the service: ordered here, found by id, taken up after a restart, forgotten when their time is over.</summary>
internal sealed partial class ReceiveBook(string folder, LiveCore core, EventRing events, TimeProvider clock, ILogger<ReceiveBook> logger) : IAsyncDisposable
{
    /// <summary>Receives that run or wait at once.</summary>
    public const int MaxActive = 64;

    private static readonly TimeSpan CleaningPeriod = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, HostedReceive> _receives = new(StringComparer.Ordinal);

    // One order at a time, so that two for the same content become one.
    private readonly SemaphoreSlim _ordering = new(1);
    private readonly CancellationTokenSource _ended = new();   // cancelled by DisposeAsync only
    private Task _cleaning = Task.CompletedTask;

    /// <summary>Receives that run or wait.</summary>
    public int Active => _receives.Values.Count(static receive => receive.IsActive);

    /// <summary>Receives that can be resumed.</summary>
    public int Offered => All.Count(static view => view.CanResume && view.State != ReceiveState.Waiting);

    /// <summary>All, the oldest first.</summary>
    public IReadOnlyList<ReceiveView> All => [.. _receives.Values.Select(static receive => receive.View).OrderBy(static view => view.Created)];

    /// <summary>Takes up what an earlier run kept.</summary>
    public void Revive()
    {
        if (Directory.Exists(folder))
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*.json").Where(static path => RecordId.IsValid(Path.GetFileNameWithoutExtension(path))))
            {
                if (StateFile.TryRead(path, RecordJson.Default.ReceiveRecord) is not { Version: ReceiveRecord.CurrentVersion } record || Parse(record) is not { Count: > 0 } tickets)
                    continue;
                var receive = new HostedReceive(record, tickets, path, core, events, clock, logger);
                _receives[record.Id] = receive;
                receive.Revive();
            }
        }

        _cleaning = CleanAsync(_ended.Token);
    }

    /// <summary>Begins to receive. What was begun for the same content and folder goes on.</summary>
    /// <exception cref="AltSendmeException">The order can't be used, or there are too many.</exception>
    public async Task<HostedReceive> OrderAsync(ReceiveOrder order)
    {
        ReceiveOrders.Check(order, clock.GetUtcNow());
        var tickets = ReceiveOrders.Tickets(order.Tickets);
        var destination = ReceiveOrders.Destination(order.Destination, core.Current);
        foreach (var ticket in tickets)
            ticket.ThrowIfExpired(clock);
        await _ordering.WaitAsync();
        try
        {
            var hash = tickets[0].Root.ToString();
            var begun = _receives.Values.FirstOrDefault(receive => receive.View is var view && view.State != ReceiveState.Completed && view.Hash == hash && view.Destination == destination);
            if (begun is not null && begun.IsSameOrder(order))
            {
                await begun.ResumeAsync(order.WaitUntil);
                return begun;
            }

            if (begun is { IsActive: true })
                throw new ServiceException(ServiceCodes.Conflict, $"The same content is being received into {destination} already, from another ticket or on other terms ({begun.View.Id}).");
            if (begun is not null)
                Forget(begun);
            if (Active >= MaxActive)
                throw new ServiceException(ServiceCodes.Busy, $"{MaxActive} receives run or wait already. Cancel one, or try again when one has ended.");
            return Begin(order, tickets, destination);
        }
        finally
        {
            _ordering.Release();
        }
    }

    /// <exception cref="ServiceException">There is none with this id.</exception>
    public HostedReceive Find(string id) => _receives.TryGetValue(id, out var receive) ? receive : throw new ServiceException(ServiceCodes.NotFound, $"There is no receive {id}. 'altsendme receives list' shows those that there are.");

    /// <summary>Forgets one, with what is unfinished of it.</summary>
    public async Task DiscardAsync(string id)
    {
        await Find(id).DiscardAsync();
        Unlist(id);
    }

    /// <summary>Stops all; the next run resumes them.</summary>
    public Task SuspendAsync() => Task.WhenAll(_receives.Values.Select(static receive => receive.SuspendAsync()));

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _cleaning;
        _ended.Dispose();
        _ordering.Dispose();
        foreach (var receive in _receives.Values)
            receive.Dispose();
    }

    private static IReadOnlyList<BlobTicket>? Parse(ReceiveRecord record)
    {
        try
        {
            return [.. record.Tickets.Select(static text => BlobTicket.Parse(text))];
        }
        catch (TicketException)
        {
            return null;
        }
    }

    private HostedReceive Begin(ReceiveOrder order, IReadOnlyList<BlobTicket> tickets, string destination)
    {
        ServicePlace.MakePrivate(folder);
        var id = RecordId.New();
        var now = clock.GetUtcNow();
        var record = new ReceiveRecord
        {
            Id = id,
            Created = now,
            Updated = now,
            State = ReceiveState.Running,
            Tickets = [.. order.Tickets],
            Destination = destination,
            Conflict = order.Conflict ?? core.Current.Settings.Receive.Conflict,
            WaitUntil = order.WaitUntil,
            Notify = order.Notify,
        };
        var receive = new HostedReceive(record, tickets, PathOf(id), core, events, clock, logger);
        _receives[id] = receive;
        receive.Start();
        return receive;
    }

    private string PathOf(string id) => Path.Combine(folder, id + ".json");

    /// <summary>The record alone: its successor goes on with what was fetched.</summary>
    private void Forget(HostedReceive receive)
    {
        File.Delete(PathOf(receive.View.Id));
        Unlist(receive.View.Id);
    }

    private void Unlist(string id)
    {
        if (_receives.TryRemove(id, out _))
            events.Publish(new ServiceEvent(ServiceEventType.ReceiveRemoved, id));
    }

    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(CleaningPeriod, clock);
        try
        {
            do
            {
                foreach (var receive in _receives.Values.Where(static receive => receive.IsOutdated))
                    await CleanAsync(receive.View.Id);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // The end of the service.
        }
    }

    private async Task CleanAsync(string id)
    {
        try
        {
            await DiscardAsync(id);
        }
        catch (Exception exception) when (exception is AltSendmeException or IOException or UnauthorizedAccessException)
        {
            LogNotCleaned(logger, id, exception);
        }
    }

    [LoggerMessage(7211, LogLevel.Warning, "What was left of receive {Id} could not be removed")]
    private static partial void LogNotCleaned(ILogger logger, string id, Exception exception);
}
