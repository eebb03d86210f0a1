using System.Diagnostics;
using System.Threading.Channels;
using AltSendme.Abstractions;
using AltSendme.Primitives.Concurrency;
using AltSendme.Transports.Tls.Multiplexing;
using AltSendme.Transports.Tls.Wire;
using Microsoft.Extensions.Logging;

namespace AltSendme.Transports.Tls.Connections;

/// <summary>
/// A connection of the TLS transport: one TLS link, a session that knows the rules, a loop that reads and a loop that writes. This file is what the application
/// sees; TlsConnection.Session.cs is what streams and loops do with the session.
/// </summary>
internal sealed partial class TlsConnection : IConnection
{
    private readonly AuthenticatedLink _link;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly long _began;
    private readonly ConnectionEnd _end = new();
    private readonly Latest<ConnectionPath> _path;
    private readonly Channel<TlsByteStream> _accepted = Channel.CreateUnbounded<TlsByteStream>();   // bounded by the streams granted to the peer
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ConnectionClosure> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _lingering;
    private readonly ITimer _pinging;
    private Task _running = Task.CompletedTask;

    /// <summary>Takes the link over. <see cref="Start"/> sets it to work.</summary>
    internal TlsConnection(AuthenticatedLink link, Side side, TimeProvider time, ILogger logger)
    {
        _link = link;
        _time = time;
        _logger = logger;
        _session = new MuxSession(side);
        _began = time.GetTimestamp();
        _lastHeard = _began;
        _path = new Latest<ConnectionPath>(new ConnectionPath(PathKind.Direct, EndpointAddress.FromIp(link.RemoteEndPoint)));
        _lingering = time.CreateTimer(_ => OnLingered(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _pinging = time.CreateTimer(_ => OnPingTime(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public EndpointId RemoteId => _link.RemoteId;

    /// <inheritdoc/>
    public Alpn Protocol => _link.Protocol;

    /// <inheritdoc/>
    public ConnectionPath Path => _path.Value;

    /// <inheritdoc/>
    public Task<ConnectionClosure> Closed => _closed.Task;

    /// <summary>Completes when the peer's first frame has arrived: it has accepted this side. Faults with <see cref="ConnectionLostException"/>.</summary>
    internal Task Ready => _ready.Task;

    /// <summary>Begins to read and write. Called once.</summary>
    internal void Start()
    {
        Debug.Assert(_running == Task.CompletedTask, "A connection is started once.");
        _running = Task.Run(RunAsync);   // on no caller's thread or context
        _pinging.Change(TimeSpan.Zero, TransportLimits.PingInterval);
    }

    /// <summary>Ends the connection without a word.</summary>
    internal void Cut() => OnLinkFailed("The connection was given up.", null);

    /// <inheritdoc/>
    public IAsyncEnumerable<ConnectionPath> WatchPathAsync(CancellationToken cancellationToken = default) => _path.WatchAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IByteStream> OpenStreamAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryOpen(out var credited) is { } stream)
                return stream;
            await credited.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IByteStream?> AcceptStreamAsync(CancellationToken cancellationToken = default)
    {
        while (await _accepted.Reader.WaitToReadAsync(cancellationToken))
        {
            if (_accepted.Reader.TryRead(out var stream))
                return stream;
        }

        return null;
    }

    /// <inheritdoc/>
    public async ValueTask CloseAsync(CloseCode code, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reason);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(code.Value, MuxLimits.MaxCredit, nameof(code));
        if (_end.TryCloseHere(code, reason))
            OnEndBegun();
        try
        {
            await _closed.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _link.Cut();
            await _closed.Task;
            throw;
        }
    }

    /// <summary>Closes with code 0 where nobody has closed before; takes no longer than <see cref="TransportLimits.DrainTime"/> and <see cref="TransportLimits.FarewellTime"/> together.</summary>
    public async ValueTask DisposeAsync() => await CloseAsync(CloseCode.None, "");

    /// <summary>Owns the loops: both end before the link is freed and before anybody hears that the connection is closed.</summary>
    private async Task RunAsync()
    {
        var sending = new SendLoop(this, _link, _end).RunAsync();
        try
        {
            await new ReceiveLoop(this, _link, _end).RunAsync();
            OnLinkFailed("The peer went away without a farewell.", null);
            await sending;
            await _link.DisposeAsync();
        }
        catch (Exception fault)
        {
            // A fault of ours or of the platform must not leave anybody waiting for the end of this connection.
            OnLinkFailed("The connection failed on this side.", fault);
        }

        await _pinging.DisposeAsync();
        await _lingering.DisposeAsync();
        var closure = _end.Closure!;
        _logger.ConnectionEnded(RemoteId.ToShortString(), closure.Initiator, closure.Code.Value, _end.Cause);
        EndStreams(StreamFailure.ConnectionLost(closure, _end.Cause));
        _path.Complete();
        _closed.TrySetResult(closure);
    }
}
