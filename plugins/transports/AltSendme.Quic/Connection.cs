using AltSendme.Quic.ConnectionIds;
using AltSendme.Quic.Crypto;
using AltSendme.Quic.Datagrams;
using AltSendme.Quic.Paths;
using AltSendme.Quic.Qlog;
using AltSendme.Quic.Recovery;
using AltSendme.Quic.Spaces;
using AltSendme.Quic.Streams;
using AltSendme.Quic.Timers;

namespace AltSendme.Quic;

/// <summary>
/// One QUIC connection as a state machine: no sockets, clocks, threads or tasks. Its five doors are <see cref="Receive"/>, <see cref="TryTransmit"/>, <see cref="NextTimeout"/>, <see cref="OnTimeout"/>
/// and <see cref="TryTakeEvent"/>; after each input, transmit until there is nothing left and look at the timeout again. Not thread-safe: one owner.
/// </summary>
internal sealed partial class Connection : ISentFrameObserver, IDisposable
{
    private readonly Side _side;
    private readonly ConnectionOptions _options;
    private readonly ICryptoProvider _provider;
    private readonly ICryptoSession _session;
    private readonly RandomSource _random;
    private readonly ConnectionLifecycle _lifecycle = new();
    private readonly TimerTable _timers = new();
    private readonly Queue<ConnectionEvent> _events = new();
    private readonly Queue<RoutingChange> _routing = new();
    private readonly PacketNumberSpace[] _spaces = [new(EncryptionLevel.Initial), new(EncryptionLevel.Handshake), new(EncryptionLevel.Application)];
    private readonly List<Path> _paths = [];
    private readonly StreamTable _streams;
    private readonly LossDetector _losses;
    private readonly LocalConnectionIds _localIds;
    private readonly RemoteConnectionIds _remoteIds = new();
    private readonly DatagramQueue _datagramsIn = new(Limits.ReceivedDatagramBytes);
    private readonly DatagramQueue _datagramsOut;
    private readonly IConnectionObserver? _observer;
    private Path _path;

    /// <summary>Begins as a client, or as the server that a client's first Initial asked for.</summary>
    public Connection(ConnectionSetup setup, Instant now)
    {
        _side = setup.Side;
        _options = setup.Options;
        _provider = setup.Provider;
        _random = setup.Random;
        _streams = new StreamTable(_side, _options, _events);
        _losses = new LossDetector(this);
        _datagramsOut = new DatagramQueue(_options.DatagramSendBuffer);
        _localIds = new LocalConnectionIds(setup.Issuer, _routing, setup.LocalId);
        _originalDestination = setup.OriginalDestination;
        _retrySource = setup.RetrySource;
        _token = setup.Token;
        _addressTokens = setup.AddressTokens;
        _observer = _options.Observe?.Invoke(_side, _originalDestination, now);
        _losses.Observer = _observer;
        _observer?.OnStarted(setup.Path, now);
        _path = new Path(setup.Path, _spaces[(int)EncryptionLevel.Application], _options, setup.IsAddressValidated);
        _path.Destination = _remoteIds.SetInitial(setup.RemoteId);
        _paths.Add(_path);
        _session = _provider.Start(_side, WriteParameters(setup.Issuer));
        InstallInitialKeys(_side == Side.Client ? setup.RemoteId : _retrySource ?? _originalDestination);
        if (_side == Side.Server)
            _routing.Enqueue(new RoutingChange(RoutingChangeKind.IdIssued, _originalDestination));
        _timers[TimerKind.Handshake] = now + _options.HandshakeTimeout;
        RestartIdleTimer(now);
        ScheduleSkip();
        PumpHandshake(now);
    }

    /// <summary>Which end this is.</summary>
    public Side Side => _side;

    /// <summary>Whether the peer is authenticated and streams may be used.</summary>
    public bool IsEstablished => _lifecycle.IsEstablished;

    /// <summary>Whether the handshake was completed, whatever came afterwards.</summary>
    public bool WasEstablished => _peer is not null;

    /// <summary>Whether nothing is left to send, take or wait for: the connection may be forgotten.</summary>
    public bool IsDrained => _lifecycle.IsDrained;

    /// <summary>Whether both ends know that the connection is over: nothing is lost when this end goes away now.</summary>
    public bool IsEndAgreed => _lifecycle.IsDraining || _lifecycle.IsDrained;

    /// <summary>Why the connection ended; null while it lives.</summary>
    public ConnectionCloseReason? CloseReason { get; private set; }

    /// <summary>The protocol that was agreed on.</summary>
    public ReadOnlySpan<byte> ApplicationProtocol => _session.ApplicationProtocol;

    /// <summary>The peer's Ed25519 public key, once it is verified.</summary>
    public ReadOnlySpan<byte> PeerPublicKey => _session.PeerPublicKey;

    /// <summary>The path in use.</summary>
    public Path Path => _path;

    /// <summary>What happened so far.</summary>
    public ConnectionStatistics Statistics => new(
        _packetsSent, _packetsReceived, _losses.LostPackets, _bytesSent, _bytesReceived, _path.Rtt.Smoothed, _path.Congestion.Window, _path.Mtu.Current, _keys?.Updates ?? 0, _undecryptable);

    /// <summary>When <see cref="OnTimeout"/> must be called; <see cref="Instant.Never"/> when nothing is awaited. Changes with every input and transmit.</summary>
    public Instant NextTimeout => _timers.Earliest;

    /// <summary>Takes the next event.</summary>
    public bool TryTakeEvent(out ConnectionEvent happened) => _events.TryDequeue(out happened);

    /// <summary>Whether <see cref="TryTakeRoutingChange"/> has something.</summary>
    public bool HasRoutingChange => _routing.Count > 0;

    /// <summary>Takes the next change of how datagrams find this connection; the endpoint drains these after each call.</summary>
    public bool TryTakeRoutingChange(out RoutingChange change) => _routing.TryDequeue(out change);

    /// <summary>TLS exporter (RFC 8446, section 7.5); false before the handshake is complete.</summary>
    public bool TryExport(ReadOnlySpan<byte> label, ReadOnlySpan<byte> context, Span<byte> output) => _session.TryExport(label, context, output);

    /// <summary>Zeroes keys and returns buffers. The connection is not used afterwards.</summary>
    public void Dispose()
    {
        _streams.Dispose();
        _datagramsIn.Dispose();
        _datagramsOut.Dispose();
        foreach (var space in _spaces)
            space.Dispose();
        DisposeKeys();
        _session.Dispose();
        _pending.Dispose();
        _observer?.Dispose();
    }
}
