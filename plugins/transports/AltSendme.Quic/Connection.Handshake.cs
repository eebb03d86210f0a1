using System.Security.Cryptography;
using AltSendme.Quic.ConnectionIds;
using AltSendme.Quic.Crypto;
using AltSendme.Quic.Packets;
using AltSendme.Quic.Parameters;
using AltSendme.Quic.Timers;

namespace AltSendme.Quic;

/// <summary>The handshake (RFC 9000, section 7; RFC 9001, section 4): keys by level, transport parameters, Retry and version negotiation.</summary>
internal sealed partial class Connection
{
    private static readonly TransportError WrongIds = TransportError.TransportParameter("The connection ids of the handshake and of the transport parameters differ");
    private static readonly TransportError MissingParameters = TransportError.Crypto(109, "The peer sent no transport parameters");

    private readonly ConnectionId? _retrySource;
    private readonly PacketKeys?[] _handshakeKeys = new PacketKeys?[2];
    private readonly ConnectionId _originalDestination;
    private ConnectionId? _retrySourceSeen;
    private byte[] _token;
    private KeyPhases? _keys;
    private TransportParameters? _peer;
    private bool _hasPeerId;
    private bool _isHandshakeDonePending;

    /// <summary>What the peer declared; null until the handshake is complete.</summary>
    public TransportParameters? PeerParameters => _peer;

    private byte[] WriteParameters(ConnectionIdIssuer issuer)
    {
        var isServer = _side == Side.Server;
        var parameters = new TransportParameters
        {
            OriginalDestinationConnectionId = isServer ? _originalDestination : null,
            InitialSourceConnectionId = _localIds.Handshake,
            RetrySourceConnectionId = isServer ? _retrySource : null,
            ResetToken = isServer ? issuer.TokenFor(_localIds.Handshake) : null,
            MaxIdleTimeout = _options.MaxIdleTimeout,
            MaxUdpPayloadSize = (ulong)Math.Max(_options.MaxDatagramSize, Limits.MinDatagram),
            InitialMaxData = _options.InitialConnectionWindow,
            InitialMaxStreamDataBidiLocal = _options.InitialStreamWindow,
            InitialMaxStreamDataBidiRemote = _options.InitialStreamWindow,
            InitialMaxStreamDataUni = _options.InitialStreamWindow,
            InitialMaxStreamsBidi = _options.MaxBidirectionalStreams,
            InitialMaxStreamsUni = _options.MaxUnidirectionalStreams,
            ActiveConnectionIdLimit = Limits.ActiveConnectionIds,
            MaxDatagramFrameSize = _options.MaxDatagramFrameSize,
            GreaseQuicBit = true,
            MaxAckDelay = Limits.MaxAckDelay,
            MinAckDelay = Limits.MinAckDelay,
            AddressDiscovery = _options.AddressDiscovery,
        };
        var buffer = new byte[TransportParametersWriter.MaxLength];
        return buffer[..TransportParametersWriter.Write(buffer, parameters, _random)];
    }

    private void InstallInitialKeys(in ConnectionId destination)
    {
        DisposeKeys(EncryptionLevel.Initial);
        _handshakeKeys[(int)EncryptionLevel.Initial] = _provider.DeriveInitialKeys(_side, destination.Bytes);
    }

    // Moves everything that TLS has made ready: handshake bytes out, keys in, and at the end the peer's parameters.
    private void PumpHandshake(Instant now)
    {
        while (_session.TryTakeOutgoing(out var level, out var bytes))
            _spaces[(int)level].Crypto.Outgoing.Append(bytes.Span);

        while (_session.TryTakeKeys(out var level, out var keys))
        {
            if (level == EncryptionLevel.Application)
                _keys = new KeyPhases(keys);
            else
                _handshakeKeys[(int)level] = keys;
        }

        if (_session.IsComplete && !_lifecycle.IsEstablished && _lifecycle.IsOpen)
            OnHandshakeComplete(now);
    }

    private void OnHandshakeComplete(Instant now)
    {
        var bytes = _session.PeerTransportParameters;
        var sender = _side == Side.Client ? Side.Server : Side.Client;
        var error = MissingParameters;
        if (bytes.IsEmpty || !TransportParametersReader.TryRead(bytes, sender, out var peer, out error) || !CheckIds(peer, out error))
        {
            Fail(error, now);
            return;
        }

        _peer = peer;
        _lifecycle.OnEstablished();
        _timers[TimerKind.Handshake] = Instant.Never;
        if (peer.ResetToken is { } token)
        {
            _path.Destination = _remoteIds.SetInitialToken(token);
            _routing.Enqueue(new RoutingChange(RoutingChangeKind.ResetTokenAdded, default, token));
        }

        _path.Mtu.LimitTo(peer.MaxUdpPayloadSize);
        _localIds.OnPeerLimit(peer.ActiveConnectionIdLimit);
        _events.Enqueue(new ConnectionEvent(ConnectionEventKind.Connected));
        _streams.OnPeerParameters(peer);
        _ackFrequency.Start(peer);
        RequestReport(_path);
        RestartIdleTimer(now);
        if (_side != Side.Server)
            return;
        _isHandshakeDonePending = true;
        OfferToken();
        OnHandshakeConfirmed(now);
    }

    // RFC 9000, section 7.3: what was used on the wire is authenticated by the parameters.
    private bool CheckIds(TransportParameters peer, out TransportError error)
    {
        var isValid = peer.InitialSourceConnectionId == _path.Destination.Id;
        if (_side == Side.Client)
            isValid &= peer.OriginalDestinationConnectionId == _originalDestination && peer.RetrySourceConnectionId == _retrySourceSeen;
        error = isValid ? default : WrongIds;
        return isValid;
    }

    private void OnHandshakeConfirmed(Instant now)
    {
        if (_lifecycle.IsConfirmed)
            return;
        _lifecycle.OnConfirmed();
        DiscardLevel(EncryptionLevel.Handshake);
        foreach (var path in _paths)
            path.PeerMaxAckDelay = _ackFrequency.MaxAckDelay;
        _events.Enqueue(new ConnectionEvent(ConnectionEventKind.Confirmed));
        ProbeBetter();
        SetLossTimer(now);
    }

    private void DiscardLevel(EncryptionLevel level)
    {
        if (_spaces[(int)level].IsDiscarded)
            return;
        _spaces[(int)level].Discard();
        DisposeKeys(level);
        _path.ProbeCount = 0;
    }

    private void OnRetry(ReadOnlySpan<byte> datagram, in Arrival arrival)
    {
        if (_side == Side.Server || _hasPeerId || _retrySourceSeen is not null || !RetryPacket.TryRead(datagram, out var retry) || retry.Destination != _localIds.Handshake
            || retry.Source == _path.Destination.Id)
            return;

        Span<byte> tag = stackalloc byte[CryptoConstants.TagLength];
        _provider.ComputeRetryTag(_path.Destination.Id.Bytes, retry.Unsigned, tag);
        if (!CryptographicOperations.FixedTimeEquals(tag, retry.Tag))
            return;

        SettleOn(arrival.Address, arrival.Now);
        _retrySourceSeen = retry.Source;
        _token = retry.Token.ToArray();
        _path.Destination = _remoteIds.SetInitial(retry.Source);
        InstallInitialKeys(retry.Source);
        var space = _spaces[(int)EncryptionLevel.Initial];
        Recovery.LossDetector.Discard(space);
        space.Crypto.Outgoing.Rewind();
        _path.ProbeCount = 0;
    }

    // RFC 9000, section 6.2: believed only as the very first answer, and only when it leaves no way to go on.
    private void OnVersionNegotiation(ReadOnlySpan<byte> datagram, Instant now)
    {
        if (_side == Side.Server || _hasPeerId || _retrySourceSeen is not null
            || !InvariantHeader.TryRead(datagram, out var header) || !header.Destination.SequenceEqual(_localIds.Handshake.Bytes) || !header.Source.SequenceEqual(_path.Destination.Id.Bytes))
            return;
        if (!VersionNegotiationPacket.Offers(datagram, QuicVersion.V1, out var isWellFormed) && isWellFormed)
            Abandon(new ConnectionCloseReason(ConnectionCloseKind.VersionMismatch, Reason: "The peer does not speak QUIC version 1."), now);
    }

    private IPacketSealer? SealerOf(EncryptionLevel level) => level == EncryptionLevel.Application ? _keys?.Sealer : _handshakeKeys[(int)level]?.Sealer;

    private void DisposeKeys(EncryptionLevel level)
    {
        if (_handshakeKeys[(int)level] is not { } keys)
            return;
        keys.Sealer.Dispose();
        keys.Opener.Dispose();
        _handshakeKeys[(int)level] = null;
    }

    private void DisposeKeys()
    {
        DisposeKeys(EncryptionLevel.Initial);
        DisposeKeys(EncryptionLevel.Handshake);
        _keys?.Dispose();
        _keys = null;
    }
}
