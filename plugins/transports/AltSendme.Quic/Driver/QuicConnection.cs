using System.Net;
using System.Threading.Channels;
using AltSendme.Primitives.Concurrency;
using AltSendme.Quic.Paths;
using AltSendme.Quic.Streams;

namespace AltSendme.Quic.Driver;

/// <summary>A QUIC connection whose both ends have proved their keys. Members may be called from any thread.</summary>
public sealed partial class QuicConnection : IAsyncDisposable
{
    private readonly EndpointDriver _driver;
    private readonly bool _isAccepted;
    private readonly TaskCompletionSource _established = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<QuicCloseReason> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<QuicStream>[] _incoming = [Channel.CreateUnbounded<QuicStream>(), Channel.CreateUnbounded<QuicStream>()];
    private readonly Channel<ReadOnlyMemory<byte>> _datagrams = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(DatagramBacklog) { FullMode = BoundedChannelFullMode.DropOldest, SingleWriter = true });

    internal QuicConnection(EndpointDriver driver, Connection core, bool isAccepted)
    {
        _driver = driver;
        Core = core;
        _isAccepted = isAccepted;
        _path = new Latest<QuicPath>(new QuicPath(core.Path.Address.Remote, null));
    }

    /// <summary>Completes when both ends have proved their keys. Fails with <see cref="QuicConnectionException"/> when that will not be.</summary>
    public Task Established => _established.Task;

    /// <summary>The peer's raw public key: 32 bytes of Ed25519. Empty where a certificate was shown instead.</summary>
    public ReadOnlyMemory<byte> RemotePublicKey { get; private set; }

    /// <summary>The protocol that was agreed on.</summary>
    public ReadOnlyMemory<byte> ApplicationProtocol { get; private set; }

    /// <summary>Where the peer is now, and how far that is.</summary>
    public QuicPath Path => _path.Value;

    /// <summary>Where the peer is now; <see cref="IPAddress.None"/> where it has no address of the network.</summary>
    public IPEndPoint RemoteEndPoint => Path.Remote.ToIPEndPoint();

    /// <summary>Completes with the reason when the connection is no more. Never fails.</summary>
    public Task<QuicCloseReason> Closed => _closed.Task;

    /// <summary>The path now and after each change, until the connection is no more.</summary>
    public IAsyncEnumerable<QuicPath> WatchPathAsync(CancellationToken cancellationToken = default) => _path.WatchAsync(cancellationToken);

    /// <summary>The address of this end as the peer sees it, now and after each change, until the connection is no more; null while the peer has not said. Asked for by <see cref="AddressDiscoveryRole.Learn"/>.</summary>
    public IAsyncEnumerable<NetworkAddress?> WatchObservedAddressAsync(CancellationToken cancellationToken = default) => _observed.WatchAsync(cancellationToken);

    /// <summary>Another address at which the server may be: tried at once while nobody has answered yet, later a reserve for the address in use. Connecting ends only.</summary>
    public void AddRemote(NetworkAddress remote) => Loop.Schedule(_ =>
    {
        if (IsThrough)
            return;
        Core.AddRemote(remote, Loop.Now);
        Activate();
    }, null);

    /// <summary>While an address of kind <see cref="AddressKind.Opaque"/> is in use: asks at the others whether the server answers there, and moves to the first that does.</summary>
    public void ProbeBetterPaths() => Loop.Schedule(_ =>
    {
        if (IsThrough)
            return;
        Core.ProbeBetter(Loop.Now);
        Activate();
    }, null);

    /// <summary>Opens a stream on which both ends send; waits while the peer allows no more.</summary>
    /// <exception cref="QuicConnectionException">The connection is no more.</exception>
    public Task<QuicStream> OpenBidirectionalStreamAsync(CancellationToken cancellationToken = default) => OpenAsync(StreamDirection.Bidirectional, cancellationToken);

    /// <summary>Opens a stream on which only this end sends; waits while the peer allows no more.</summary>
    /// <exception cref="QuicConnectionException">The connection is no more.</exception>
    public Task<QuicStream> OpenUnidirectionalStreamAsync(CancellationToken cancellationToken = default) => OpenAsync(StreamDirection.Unidirectional, cancellationToken);

    /// <summary>Waits for the next stream that the peer opened for both ends.</summary>
    /// <exception cref="QuicConnectionException">The connection is no more.</exception>
    public ValueTask<QuicStream> AcceptBidirectionalStreamAsync(CancellationToken cancellationToken = default) => AcceptAsync(StreamDirection.Bidirectional, cancellationToken);

    /// <summary>Waits for the next stream that the peer opened for itself to send.</summary>
    /// <exception cref="QuicConnectionException">The connection is no more.</exception>
    public ValueTask<QuicStream> AcceptUnidirectionalStreamAsync(CancellationToken cancellationToken = default) => AcceptAsync(StreamDirection.Unidirectional, cancellationToken);

    /// <summary>Sends an unreliable datagram (RFC 9221). False when it is too large for the path or the peer, or the connection is no more.</summary>
    public Task<bool> SendDatagramAsync(ReadOnlyMemory<byte> payload) => Loop.InvokeAsync(() =>
    {
        _driver.Activate(this);
        return Core.TrySendDatagram(payload.Span);
    });

    /// <summary>Waits for the next datagram. The oldest are dropped when nobody takes them.</summary>
    /// <exception cref="QuicConnectionException">The connection is no more.</exception>
    public ValueTask<ReadOnlyMemory<byte>> ReceiveDatagramAsync(CancellationToken cancellationToken = default) => TakeAsync(_datagrams, cancellationToken);

    /// <summary>Counters, round-trip time and window.</summary>
    public Task<ConnectionStatistics> GetStatisticsAsync() => Loop.InvokeAsync(() => Core.Statistics);

    /// <summary>Changes the keys of both directions now (RFC 9001, section 6). False when the last change is not confirmed yet.</summary>
    public Task<bool> UpdateKeysAsync() => Loop.InvokeAsync(() =>
    {
        _driver.Activate(this);
        return !IsThrough && Core.UpdateKeys(Loop.Now);
    });

    /// <summary>Closes at once with a code and a text for the peer's application; what was not sent is dropped. Completes when the close is decided; <see cref="Closed"/> tells the reason that won.</summary>
    public Task CloseAsync(ulong code, string reason = "") => CloseAsync(code, reason, afterSending: false);

    /// <summary>Closes as soon as the peer has all that was written and taken from the streams' pipes.</summary>
    public Task CloseAfterSendingAsync(ulong code, string reason = "") => CloseAsync(code, reason, afterSending: true);

    /// <summary>Closes with code 0, if it is still open.</summary>
    public async ValueTask DisposeAsync() => await CloseAsync(0).ConfigureAwait(false);

    private async Task CloseAsync(ulong code, string reason, bool afterSending)
    {
        await Loop.InvokeAsync(() =>
        {
            if (Core.CloseReason is not null || _closed.Task.IsCompleted)
                return true;
            if (afterSending)
                Core.CloseAfterSending(code, reason, Loop.Now);
            else
                Core.Close(code, reason, Loop.Now);
            _driver.Activate(this);
            return true;
        }).ConfigureAwait(false);
        await Closed.ConfigureAwait(false);
    }

    private async Task<QuicStream> OpenAsync(StreamDirection direction, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var opening = new TaskCompletionSource<QuicStream>(TaskCreationOptions.RunContinuationsAsynchronously);
        Loop.Schedule(_ => Open(direction, opening), null);
        if (!cancellationToken.CanBeCanceled)
            return await opening.Task.ConfigureAwait(false);

        // A cancelled opening is skipped when its turn comes, so no stream is opened for nobody.
        await using var registration = cancellationToken.UnsafeRegister(static (state, token) => ((TaskCompletionSource<QuicStream>)state!).TrySetCanceled(token), opening).ConfigureAwait(false);
        return await opening.Task.ConfigureAwait(false);
    }

    private async ValueTask<T> TakeAsync<T>(Channel<T> channel, CancellationToken cancellationToken)
    {
        try
        {
            return await channel.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new QuicConnectionException(await Closed.ConfigureAwait(false));
        }
    }
}
