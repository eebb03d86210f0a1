using AltSendme.Abstractions;
using AltSendme.RelayProtocol;
using Microsoft.Extensions.Logging;

namespace AltSendme.Relays.Iroh;

/// <summary>A tunnel through one relay: connects, proves who it is, connects again when the connection is lost, until it is disposed or refused.</summary>
internal sealed class RelayTunnel : IRelay
{
    /// <summary>A connection that lasted this long was a good one: the next failure starts with a short pause again.</summary>
    private static readonly TimeSpan GoodConnection = TimeSpan.FromSeconds(10);

    private readonly RelayContext _context;
    private readonly RelayWeb _web;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly Backoff _backoff;
    private readonly PortalProbe _portal;
    private readonly FrameQueue<bool> _outgoing = new();
    private readonly FrameQueue<RelayReceivedKind> _incoming = new();
    private readonly StateFeed _state = new();
    private readonly CancellationTokenSource _stop = new();   // cancelled by DisposeAsync only
    private readonly Task _running;

    public RelayTunnel(RelayContext context, RelayWeb web, TimeProvider timeProvider, ILogger logger, Func<double>? chance = null)
    {
        _context = context;
        _web = web;
        _timeProvider = timeProvider;
        _logger = logger;
        _portal = new PortalProbe(web, timeProvider);
        _backoff = new Backoff(chance ?? new Random(context.Identity.Id.GetHashCode()).NextDouble);
        _running = Task.Run(() => RunAsync(_stop.Token));
    }

    public Uri Url => _context.Url;

    public RelayState State => _state.Current;

    public IAsyncEnumerable<RelayState> WatchStateAsync(CancellationToken cancellationToken = default) => _state.WatchAsync(cancellationToken);

    public ValueTask SendAsync(RelayDatagrams datagrams, CancellationToken cancellationToken = default)
    {
        if (datagrams.SegmentSize is < 1 or > RelayDatagrams.MaxSegmentSize)
            throw new ArgumentException($"A datagram has 1 to {RelayDatagrams.MaxSegmentSize} bytes, not {datagrams.SegmentSize}.", nameof(datagrams));

        // What is sent before the first connection stands waits for it: it is a moment, and a handshake would lose a second.
        if (_state.Current is not ({ Status: RelayStatus.Connected } or { Status: RelayStatus.Connecting, Detail: null }))
            return ValueTask.CompletedTask;

        Span<byte> peer = stackalloc byte[EndpointId.Length];
        datagrams.Peer.CopyTo(peer);
        var contents = datagrams.Contents.Span;

        // As many whole datagrams as one frame takes.
        var most = RelayLimits.MaxContents / datagrams.SegmentSize * datagrams.SegmentSize;
        while (!contents.IsEmpty)
        {
            var part = contents[..Math.Min(most, contents.Length)];
            contents = contents[part.Length..];
            var written = new Datagrams
            {
                Peer = peer,
                Ecn = (byte)datagrams.Ecn,
                SegmentSize = part.Length > datagrams.SegmentSize ? (ushort)datagrams.SegmentSize : (ushort)0,
                Contents = part,
            };
            var frame = PooledFrame.Rent(written.EncodedLength);
            written.Write(frame.Buffer, fromRelay: false);
            _outgoing.TryWrite(frame, false);
        }

        return ValueTask.CompletedTask;
    }

    public async ValueTask<RelayReceived> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (await _incoming.WaitAsync(cancellationToken))
        {
            while (_incoming.TryRead(out var frame, out var kind))
            {
                try
                {
                    if (Read(frame.Memory.Span, kind, buffer) is { } received)
                        return received;
                }
                finally
                {
                    frame.Return();
                }
            }
        }

        throw new ObjectDisposedException(nameof(RelayTunnel));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _state.Set(new RelayState(RelayStatus.Closed));
        _outgoing.Clear();
        _incoming.Complete();
    }

    private static RelayReceived? Read(ReadOnlySpan<byte> message, RelayReceivedKind kind, Memory<byte> buffer)
    {
        // It was read once already when it came; the version does not matter to these frames.
        if (!RelayFrame.TryRead(message, RelayVersion.V2, out var frame, out _))
            return null;
        var peer = new EndpointId(frame.Datagrams.Peer);
        if (kind == RelayReceivedKind.EndpointGone)
            return new RelayReceived(kind, new RelayDatagrams(peer, default, 1));

        var contents = frame.Datagrams.Contents;
        var segment = frame.Datagrams.IsBatch ? Math.Min(frame.Datagrams.SegmentSize, contents.Length) : contents.Length;
        if (contents.IsEmpty || segment > buffer.Length)
            return null;
        var length = Math.Min(contents.Length, buffer.Length / segment * segment);
        contents[..length].CopyTo(buffer.Span);
        return new RelayReceived(kind, new RelayDatagrams(peer, buffer[..length], segment, (EcnCodepoint)(frame.Datagrams.Ecn & 3)));
    }

    private async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                var pause = await TryAsync(stop);
                await Task.Delay(pause, _timeProvider, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Disposed.
        }
        catch (Exception exception) when (exception is RelayRefusedException or ObjectDisposedException)
        {
            // For good: the relay says no, or the key that would sign is gone.
            RelayTunnelLog.Refused(_logger, Url.Host, exception.Message);
            _state.Set(new RelayState(RelayStatus.Refused, exception.Message));
        }
    }

    /// <summary>One connection from beginning to end; returns how long to wait before the next.</summary>
    private async Task<TimeSpan> TryAsync(CancellationToken stop)
    {
        var start = _timeProvider.GetTimestamp();
        try
        {
            var (socket, version) = await ConnectAsync(stop);
            using (socket)
            {
                start = _timeProvider.GetTimestamp();
                _state.Set(new RelayState(RelayStatus.Connected));
                RelayTunnelLog.Connected(_logger, Url.Host);
                await new TunnelSession(socket, version, Url.Host, _outgoing, _incoming, _state, _timeProvider).RunAsync(stop);
            }

            return Backoff.First;
        }
        catch (RelayUnavailableException exception)
        {
            if (_state.Current.Status == RelayStatus.Connected && _timeProvider.GetElapsedTime(start) >= GoodConnection)
                _backoff.Reset();
            var pause = exception.RetryAfter ?? _backoff.Next();
            _state.Set(new RelayState(RelayStatus.Connecting, exception.Message));
            _outgoing.Clear();
            RelayTunnelLog.Lost(_logger, Url.Host, exception.Message, pause);
            return pause;
        }
    }

    private async Task<(System.Net.WebSockets.WebSocket Socket, RelayVersion Version)> ConnectAsync(CancellationToken stop)
    {
        try
        {
            return await ConnectInTimeAsync(stop);
        }
        catch (RelayUnavailableException exception)
        {
            if (await _portal.FindsOneAsync(Url, stop))
                throw new RelayUnavailableException($"{exception.Message}; {PortalProbe.Finding}", exception);
            throw;
        }
    }

    private async Task<(System.Net.WebSockets.WebSocket Socket, RelayVersion Version)> ConnectInTimeAsync(CancellationToken stop)
    {
        // Cancelled by DisposeAsync, or when the relay takes too long.
        using var limit = new CancellationTokenSource(RelayWeb.AnswerLimit, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            return await RelayConnector.ConnectAsync(_context, _web, either.Token);
        }
        catch (OperationCanceledException exception) when (limit.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new RelayUnavailableException($"{Url.Host} did not answer within {RelayWeb.AnswerLimit.TotalSeconds:0} seconds", exception);
        }
        catch (Exception exception) when (exception is System.Net.WebSockets.WebSocketException or IOException)
        {
            throw new RelayUnavailableException(RelayConnector.Reason(Url, exception), exception);
        }
    }
}
