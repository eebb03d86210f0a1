using System.Net;
using System.Threading.Channels;
using AltSendme.Abstractions;
using AltSendme.Primitives.Concurrency;

namespace AltSendme.DirectConnections.Streams;

/// <summary>What an application sees of a direct connection: its streams, its path and its end. How it ends is the deriving class's.</summary>
public abstract class StreamConnection : IConnection
{
    private readonly Latest<ConnectionPath> _path;
    private readonly Channel<PipedStream> _accepted = Channel.CreateUnbounded<PipedStream>();   // bounded by the streams granted to the peer
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ConnectionClosure> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A connection whose peer has proved its id.</summary>
    protected StreamConnection(EndpointId remoteId, Alpn protocol, IPEndPoint remoteEndPoint)
    {
        RemoteId = remoteId;
        Protocol = protocol;
        _path = new Latest<ConnectionPath>(new ConnectionPath(PathKind.Direct, EndpointAddress.FromIp(remoteEndPoint)));
    }

    /// <inheritdoc/>
    public EndpointId RemoteId { get; }

    /// <inheritdoc/>
    public Alpn Protocol { get; }

    /// <inheritdoc/>
    public ConnectionPath Path => _path.Value;

    /// <inheritdoc/>
    public Task<ConnectionClosure> Closed => _closed.Task;

    /// <summary>Completes when the peer has said its first word: it has accepted this side. Faults with <see cref="ConnectionLostException"/>.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Largest code that the transport can carry.</summary>
    protected virtual ulong MaxCode => (1UL << 62) - 1;

    /// <inheritdoc/>
    public IAsyncEnumerable<ConnectionPath> WatchPathAsync(CancellationToken cancellationToken = default) => _path.WatchAsync(cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask<IByteStream> OpenStreamAsync(CancellationToken cancellationToken = default);

    /// <inheritdoc/>
    public async ValueTask<IByteStream?> AcceptStreamAsync(CancellationToken cancellationToken = default)
    {
        while (await _accepted.Reader.WaitToReadAsync(cancellationToken))
        {
            if (!_accepted.Reader.TryRead(out var stream))
                continue;
            OnAccepted(stream);
            return stream;
        }

        return null;
    }

    /// <inheritdoc/>
    public async ValueTask CloseAsync(CloseCode code, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reason);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(code.Value, MaxCode, nameof(code));
        BeginClose(code, reason);
        try
        {
            await _closed.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Cut();
            await _closed.Task;
            throw;
        }
    }

    /// <summary>Closes with code 0 where nobody has closed before; takes a few seconds at most.</summary>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await CloseAsync(CloseCode.None, "");
    }

    /// <summary>Ends the connection without a word.</summary>
    public abstract void Cut();

    /// <summary>Begins the end, unless it has begun.</summary>
    protected abstract void BeginClose(CloseCode code, string reason);

    /// <summary>The application has taken a stream.</summary>
    protected virtual void OnAccepted(PipedStream stream)
    {
    }

    /// <summary>Gives the application a stream that the peer has opened.</summary>
    protected void Offer(PipedStream stream) => _accepted.Writer.TryWrite(stream);

    /// <summary>The peer has accepted this side.</summary>
    protected void OnReady() => _ready.TrySetResult();

    /// <summary>The round trip was measured.</summary>
    protected void OnRoundTrip(TimeSpan? time) => _path.Set(_path.Value with { RoundTripTime = time });

    /// <summary>No stream comes any more, and whoever waits for the peer's consent learns why.</summary>
    protected void EndStreams(StreamFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        _accepted.Writer.TryComplete();
        _ready.TrySetException(failure.ToException());
        _ = _ready.Task.Exception;   // observed: only a dial waits for it
    }

    /// <summary>The last step of the end: everybody may hear of it.</summary>
    protected void OnClosed(ConnectionClosure closure)
    {
        _path.Complete();
        _closed.TrySetResult(closure);
    }
}
