using System.Buffers;
using System.Threading.Channels;
using AltSendme.Abstractions;
using Microsoft.Extensions.Logging;

namespace AltSendme.Transports.Iroh.Sockets;

/// <summary>One relay in use: a loop that takes what it delivers, and one that hands on what leaves. Owns its share of the relay and both loops.</summary>
internal sealed class RelayTunnel : IAsyncDisposable
{
    private const int ReceiveBuffer = 1 << 16;

    private readonly IRelay _relay;
    private readonly Uri _url;
    private readonly Func<Arrival, bool> _onReceived;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _ended = new();   // cancelled by DisposeAsync only
    private readonly Channel<Departure> _departures = Channel.CreateBounded<Departure>(
        new BoundedChannelOptions(TransportLimits.RelayDepartures) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly Task _running;

    private RelayTunnel(IRelay relay, Uri url, Func<Arrival, bool> onReceived, ILogger logger)
    {
        _relay = relay;
        _url = url;
        _onReceived = onReceived;
        _logger = logger;
        _running = Task.WhenAll(Task.Run(ReceiveAsync), Task.Run(SendAsync));
    }

    /// <summary>The relay.</summary>
    public IRelay Relay => _relay;

    /// <summary>Opens a relay through the host.</summary>
    /// <param name="access">The host.</param>
    /// <param name="url">The relay.</param>
    /// <param name="onReceived">Takes what arrives and then owns its buffer, which is of the shared pool; false when it does not.</param>
    /// <param name="logger">Told when the relay fails.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<RelayTunnel> OpenAsync(IRelayAccess access, Uri url, Func<Arrival, bool> onReceived, ILogger logger, CancellationToken cancellationToken) =>
        new(await access.OpenAsync(url, cancellationToken), url, onReceived, logger);

    /// <summary>Waits until the relay can be used: what is sent before is lost.</summary>
    /// <exception cref="TransportException">Code <c>relay.refused</c>: the relay turns this endpoint away for good.</exception>
    public async Task WaitConnectedAsync(CancellationToken cancellationToken)
    {
        await foreach (var state in _relay.WatchStateAsync(cancellationToken))
        {
            if (state.Status == RelayStatus.Connected)
                return;
            if (state.Status is RelayStatus.Refused or RelayStatus.Closed)
                throw new TransportException("relay.refused", $"The relay {_url.Host} turned this endpoint away{(state.Detail is { } detail ? $": {detail}" : "")}. Check its token, or use another relay.");
        }

        throw new TransportException("relay.refused", $"The relay {_url.Host} is not in use any more.");
    }

    /// <summary>Hands datagrams of equal size to the relay; drops them while too many wait, and those that no relay takes. Any thread.</summary>
    public void Post(EndpointId peer, ReadOnlySpan<byte> datagrams, int segmentSize)
    {
        if (segmentSize > RelayDatagrams.MaxSegmentSize)
            return;
        var contents = ArrayPool<byte>.Shared.Rent(datagrams.Length);
        datagrams.CopyTo(contents);
        if (!_departures.Writer.TryWrite(new Departure(peer, contents, datagrams.Length, segmentSize)))
            ArrayPool<byte>.Shared.Return(contents);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _departures.Writer.TryComplete();
        await _relay.DisposeAsync();
        await _running;
        _ended.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[ReceiveBuffer];
        try
        {
            while (!_ended.IsCancellationRequested)
            {
                var received = await _relay.ReceiveAsync(buffer, _ended.Token);
                var datagrams = received.Datagrams;
                if (received.Kind != RelayReceivedKind.Datagrams || datagrams.Contents.IsEmpty || datagrams.Contents.Length > ReceiveBuffer)
                    continue;
                var contents = ArrayPool<byte>.Shared.Rent(datagrams.Contents.Length);
                datagrams.Contents.CopyTo(contents);
                if (!_onReceived(new Arrival(_url, datagrams.Peer, contents, datagrams.Contents.Length, Math.Max(1, datagrams.SegmentSize))))
                    ArrayPool<byte>.Shared.Return(contents);
            }
        }
        catch (Exception exception)
        {
            Report(exception);
        }
    }

    private async Task SendAsync()
    {
        try
        {
            await foreach (var departure in _departures.Reader.ReadAllAsync())
            {
                try
                {
                    if (!_ended.IsCancellationRequested)
                        await _relay.SendAsync(new RelayDatagrams(departure.Peer, departure.Contents.AsMemory(0, departure.Length), departure.SegmentSize), _ended.Token);
                }
                finally
                {
                    ArrayPool<byte>.Shared.Return(departure.Contents);
                }
            }
        }
        catch (Exception exception)
        {
            _departures.Writer.TryComplete();
            while (_departures.Reader.TryRead(out var departure))
                ArrayPool<byte>.Shared.Return(departure.Contents);
            Report(exception);
        }
    }

    // A plugin's fault ends this tunnel, and nothing else.
    private void Report(Exception exception)
    {
        if (!_ended.IsCancellationRequested)
            _logger.RelayFailed(_url.Host, exception);
    }

    /// <summary>What a relay delivered.</summary>
    internal readonly record struct Arrival(Uri Relay, EndpointId Peer, byte[] Contents, int Length, int SegmentSize);

    private readonly record struct Departure(EndpointId Peer, byte[] Contents, int Length, int SegmentSize);
}
