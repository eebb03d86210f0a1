using System.Runtime.CompilerServices;
using System.Text;
using AltSendme.Abstractions;
using AltSendme.Quic.Driver;
using AltSendme.Quic.Paths;
using AltSendme.Transports.Iroh.Sockets;
using Microsoft.Extensions.Logging;

namespace AltSendme.Transports.Iroh.Connections;

/// <summary>A QUIC connection as the host knows connections. The side that dialled looks for a direct path while a relay is in use, and holds relays in reserve.</summary>
internal sealed class IrohConnection : IConnection
{
    private const int MaxReason = 1024;

    private readonly QuicConnection _quic;
    private readonly IrohEndpoint _endpoint;
    private readonly bool _isDialled;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _ended = new();   // cancelled when the connection has closed
    private readonly Task _watching;
    private Task _reserving = Task.CompletedTask;

    /// <summary>Takes over a connection whose handshake is complete.</summary>
    public IrohConnection(QuicConnection quic, IrohEndpoint endpoint, bool isDialled, TimeProvider time, ILogger logger)
    {
        _quic = quic;
        _endpoint = endpoint;
        _isDialled = isDialled;
        _time = time;
        _logger = logger;
        RemoteId = new EndpointId(quic.RemotePublicKey.Span);
        Protocol = new Alpn(Encoding.UTF8.GetString(quic.ApplicationProtocol.Span));
        Closed = CloseWatchAsync();
        _watching = WatchAsync();
    }

    /// <inheritdoc/>
    public EndpointId RemoteId { get; }

    /// <inheritdoc/>
    public Alpn Protocol { get; }

    /// <inheritdoc/>
    public ConnectionPath Path => _endpoint.Describe(_quic.Path);

    /// <inheritdoc/>
    public Task<ConnectionClosure> Closed { get; }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ConnectionPath> WatchPathAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var path in _quic.WatchPathAsync(cancellationToken))
            yield return _endpoint.Describe(path);
    }

    /// <inheritdoc/>
    public async ValueTask<IByteStream> OpenStreamAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return new IrohByteStream(await _quic.OpenBidirectionalStreamAsync(cancellationToken));
        }
        catch (QuicConnectionException exception)
        {
            throw StreamFaults.Translate(exception);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IByteStream?> AcceptStreamAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return new IrohByteStream(await _quic.AcceptBidirectionalStreamAsync(cancellationToken));
        }
        catch (QuicConnectionException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask CloseAsync(CloseCode code, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reason);
        var text = Cut(reason);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            await _quic.CloseAfterSendingAsync(code.Value, text).WaitAsync(TransportLimits.DrainTime, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            await _quic.CloseAsync(code.Value, text);
        }
        catch (OperationCanceledException)
        {
            await _quic.CloseAsync(code.Value, text);
            await Closed;
            throw;
        }

        await Closed;
    }

    /// <summary>Closes with code 0 where nobody has closed before; takes no longer than <see cref="TransportLimits.DrainTime"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync(CloseCode.None, "");
        await _watching;
        await _reserving;
    }

    /// <summary>Makes relays a way back for the time when the path in use dies: a direct path is often found before they can be used. Called once, by the dial.</summary>
    internal void KeepInReserve(IReadOnlyList<Uri> relays) => _reserving = Task.WhenAll(relays.Select(AddRelayAsync));

    /// <summary>The peer was heard at an address: perhaps a way that is better than the relay's.</summary>
    internal void OnHeard(NetworkAddress address)
    {
        if (!_isDialled || _quic.Path.Remote.Kind != AddressKind.Opaque)
            return;
        _quic.AddRemote(address);
        _quic.ProbeBetterPaths();
    }

    /// <summary>This side may be reached at other addresses than the peer was told.</summary>
    internal void OnOwnAddressesChanged()
    {
        if (_isDialled && _quic.Path.Remote is { Kind: AddressKind.Opaque } relayed)
            _endpoint.SeekDirectPath(RemoteId, relayed);
    }

    // At a border between characters, at most 1 KiB.
    private static string Cut(string reason)
    {
        var length = 0;
        var bytes = 0;
        foreach (var rune in reason.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MaxReason)
                break;
            length += rune.Utf16SequenceLength;
        }

        return reason[..length];
    }

    private async Task<ConnectionClosure> CloseWatchAsync()
    {
        var closure = StreamFaults.ToClosure(await _quic.Closed.ConfigureAwait(false));
        _logger.ConnectionEnded(RemoteId.ToShortString(), closure.Initiator, closure.Code.Value);
        await _ended.CancelAsync();
        return closure;
    }

    private async Task AddRelayAsync(Uri relay)
    {
        try
        {
            _quic.AddRemote(await _endpoint.Relays.OpenAsync(relay, RemoteId, _ended.Token));
        }
        catch (Exception exception)
        {
            // The connection does well without it, or has ended.
            if (!_ended.IsCancellationRequested)
                _logger.RelayFailed(relay.Host, exception);
        }
    }

    private async Task WatchAsync()
    {
        var seeking = Task.CompletedTask;
        NetworkAddress? known = null;
        await foreach (var path in _quic.WatchPathAsync(CancellationToken.None))
        {
            if (path.Remote != known)
                _logger.PathChanged(RemoteId.ToShortString(), _endpoint.Describe(path).Remote);
            known = path.Remote;
            if (_isDialled && path.Remote.Kind == AddressKind.Opaque && seeking.IsCompleted)
                seeking = SeekDirectPathAsync();
        }

        await seeking;
    }

    private async Task SeekDirectPathAsync()
    {
        try
        {
            while (_quic.Path.Remote is { Kind: AddressKind.Opaque } relayed)
            {
                _endpoint.SeekDirectPath(RemoteId, relayed);
                _quic.ProbeBetterPaths();
                await Task.Delay(TransportLimits.DirectPathSearch, _time, _ended.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The connection has ended.
        }
    }
}
