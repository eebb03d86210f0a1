using System.Threading.Channels;
using AltSendme.Abstractions;
using Microsoft.Extensions.Logging;

namespace AltSendme.Relays.Broker;

/// <summary>A tunnel through one broker: connects, connects again when the connection is lost, until it is disposed or refused.</summary>
internal sealed class BrokerTunnel : IRelay
{
    private const int MaxOutgoing = 256;

    /// <summary>A connection that lasted this long was a good one: the next failure starts with a short pause again.</summary>
    private static readonly TimeSpan GoodConnection = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly RelayContext _context;
    private readonly EndpointId _self;
    private readonly bool _allowPlain;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly Random _chance;
    private readonly TunnelStates _states = new();
    private readonly CancellationTokenSource _stop = new();   // cancelled by DisposeAsync only
    private readonly Task _running;

    // As on a network, what does not fit is lost: nobody waits for a slow broker, and memory has a bound.
    private readonly Channel<(EndpointId Peer, byte[] Message)> _outgoing = Channel.CreateBounded<(EndpointId, byte[])>(new BoundedChannelOptions(MaxOutgoing) { FullMode = BoundedChannelFullMode.DropWrite });

    // Room for the window of a broker, and as many returns; the window of one that was lost may still be in it.
    private readonly Channel<BrokerDelivery> _incoming = Channel.CreateBounded<BrokerDelivery>(new BoundedChannelOptions(3 * BrokerSession.Window) { FullMode = BoundedChannelFullMode.DropWrite });

    public BrokerTunnel(RelayContext context, bool allowPlain, TimeProvider timeProvider, ILogger logger)
    {
        _context = context;
        _self = context.Identity.Id;
        _allowPlain = allowPlain;
        _timeProvider = timeProvider;
        _logger = logger;
        _chance = new Random(_self.GetHashCode());
        _running = Task.Run(RunAsync);
    }

    public Uri Url => _context.Url;

    public RelayState State => _states.Current;

    public IAsyncEnumerable<RelayState> WatchStateAsync(CancellationToken cancellationToken = default) => _states.WatchAsync(cancellationToken);

    public ValueTask SendAsync(RelayDatagrams datagrams, CancellationToken cancellationToken = default)
    {
        var size = datagrams.SegmentSize;
        if (size is < 1 or > RelayDatagrams.MaxSegmentSize)
            throw new ArgumentException($"A datagram has 1 to {RelayDatagrams.MaxSegmentSize} bytes, not {size}.", nameof(datagrams));

        // What is sent before the first connection waits for it: the handshake of a transport would lose a second otherwise.
        if (State is not ({ Status: RelayStatus.Connected } or { Status: RelayStatus.Connecting, Detail: null }))
            return ValueTask.CompletedTask;

        var most = BrokerMessage.MaxContents / size * size;
        for (var rest = datagrams.Contents.Span; !rest.IsEmpty; rest = rest[Math.Min(most, rest.Length)..])
            _outgoing.Writer.TryWrite((datagrams.Peer, BrokerMessage.Write(_self, datagrams.Ecn, size, rest[..Math.Min(most, rest.Length)])));
        return ValueTask.CompletedTask;
    }

    public async ValueTask<RelayReceived> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (await _incoming.Reader.WaitToReadAsync(cancellationToken))
        {
            while (!_stop.IsCancellationRequested && _incoming.Reader.TryRead(out var delivery))
            {
                await delivery.Session.AcknowledgeAsync(delivery, isLast: _incoming.Reader.Count == 0, cancellationToken);
                if (delivery.Gone is { } peer)
                    return new RelayReceived(RelayReceivedKind.EndpointGone, new RelayDatagrams(peer, default, 1));
                if (BrokerMessage.TryRead(delivery.Message, buffer, out var datagrams))
                    return new RelayReceived(RelayReceivedKind.Datagrams, datagrams);
            }

            if (_stop.IsCancellationRequested)
                break;
        }

        throw new ObjectDisposedException(nameof(BrokerTunnel));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _states.Set(new RelayState(RelayStatus.Closed));
        _incoming.Writer.TryComplete();
    }

    private async Task RunAsync()
    {
        var pause = FirstPause;
        try
        {
            var factory = BrokerAddress.Factory(_context, _allowPlain);
            while (true)
            {
                var start = _timeProvider.GetTimestamp();
                try
                {
                    await using var session = await BrokerSession.OpenAsync(factory, _self, _incoming, _stop.Token);
                    start = _timeProvider.GetTimestamp();
                    BrokerLog.Connected(_logger, Url.Host);
                    _states.Set(new RelayState(RelayStatus.Connected));
                    await session.RunAsync(_outgoing.Reader, _stop.Token);
                }
                catch (BrokerLostException exception)
                {
                    if (State.Status == RelayStatus.Connected && _timeProvider.GetElapsedTime(start) >= GoodConnection)
                        pause = FirstPause;
                    BrokerLog.Lost(_logger, Url.Host, exception.Message, pause);
                    _states.Set(new RelayState(RelayStatus.Connecting, exception.Message));
                    while (_outgoing.Reader.TryRead(out _))
                    {
                        // Too late for whoever waited for it.
                    }
                }

                // Cut by chance, so that the clients of a broker that comes back do not come all at once.
                await Task.Delay(pause * (0.5 + (_chance.NextDouble() / 2)), _timeProvider, _stop.Token);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposed.
        }
        catch (BrokerRefusedException exception)
        {
            BrokerLog.Refused(_logger, Url.Host, exception.Message);
            _states.Set(new RelayState(RelayStatus.Refused, exception.Message));
        }
    }
}
