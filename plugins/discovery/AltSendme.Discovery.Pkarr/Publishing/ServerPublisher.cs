using AltSendme.Abstractions;
using AltSendme.Discovery.Pkarr.Packets;
using AltSendme.Discovery.Pkarr.Web;
using Microsoft.Extensions.Logging;

namespace AltSendme.Discovery.Pkarr.Publishing;

/// <summary>Keeps one server's packet of this side fresh: at once when it changes, every five minutes otherwise, and after a failure with growing pauses.</summary>
internal sealed class ServerPublisher(PkarrServer server, IEndpointIdentity identity, PacketClock clock, TimeProvider timeProvider, Func<double> chance, ILogger logger) : IAsyncDisposable
{
    /// <summary>How long a packet is left alone, as iroh has it.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <summary>How long the last word may take.</summary>
    public static readonly TimeSpan WithdrawLimit = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();   // cancelled by DisposeAsync only
    private readonly Lock _gate = new();   // guards the three below
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Announcement? _announcement;
    private Task? _running;
    private bool _isStored;

    /// <summary>Says something else from now on.</summary>
    public void Announce(Announcement announcement)
    {
        lock (_gate)
        {
            _announcement = announcement;
            _changed.TrySetResult();
            _running ??= RunAsync();
        }
    }

    /// <summary>Stops, and takes back what was said: by a packet without addresses, for a server keeps the last one.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_running is not null)
            await _running;
        _stop.Dispose();
        if (!_isStored)
            return;
        using var limit = new CancellationTokenSource(WithdrawLimit, timeProvider);
        try
        {
            await PutAsync([], limit.Token);
        }
        catch (Exception exception) when (exception is DiscoveryException or OperationCanceledException)
        {
            logger.WithdrawFailed(server.Host, exception.Message);
        }
    }

    private async Task RunAsync()
    {
        await Task.Yield();
        var backoff = new Backoff(chance);
        try
        {
            while (true)
            {
                var (announcement, changed) = Take();
                var pause = await TryPublishAsync(announcement, backoff);
                try
                {
                    await changed.WaitAsync(pause, timeProvider, _stop.Token);
                }
                catch (TimeoutException)
                {
                    // Nothing has changed; what was said is said again.
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The end.
        }
    }

    private (Announcement Announcement, Task Changed) Take()
    {
        lock (_gate)
        {
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return (_announcement!, _changed.Task);
        }
    }

    /// <summary>One attempt; gives the time until the next.</summary>
    private async Task<TimeSpan> TryPublishAsync(Announcement announcement, Backoff backoff)
    {
        try
        {
            await PutAsync(announcement.Addresses, _stop.Token);
            _isStored = announcement.Addresses.Count > 0;
            backoff.Reset();
            logger.Published(server.Host);
            announcement.Succeeded();
            return _isStored ? Interval : Timeout.InfiniteTimeSpan;
        }
        catch (DiscoveryException exception)
        {
            var pause = backoff.Next();
            logger.PublishFailed(server.Host, exception.Message, pause);
            announcement.Failed(exception);
            return pause;
        }
    }

    private async Task PutAsync(IReadOnlyList<EndpointAddress> addresses, CancellationToken cancellationToken)
    {
        if (await server.TryPutAsync(identity.Id, EndpointRecord.Sign(identity, clock.Next(), addresses), cancellationToken))
            return;

        // The server has a newer packet of this endpoint, of a time when the clock was ahead: the next one has to be newer still.
        if (await server.GetAsync(identity.Id, cancellationToken) is { } payload && SignedPacket.TryRead(identity.Id, payload, out var newer, out _))
            clock.Observe(newer.Timestamp);
        if (!await server.TryPutAsync(identity.Id, EndpointRecord.Sign(identity, clock.Next(), addresses), cancellationToken))
            throw new DiscoveryException("pkarr.refused", $"The pkarr server {server.Host} has a newer packet of this endpoint, and does not take another one. Is the same identity in use elsewhere?");
    }
}
