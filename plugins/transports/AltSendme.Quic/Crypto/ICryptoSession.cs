namespace AltSendme.Quic.Crypto;

/// <summary>
/// The TLS handshake of one connection as the transport sees it (RFC 9001, section 4): handshake bytes in and out by level, keys as they become ready, the peer's transport parameters.
/// No I/O and no clock; called by the connection's owner only. Disposing zeroes every secret.
/// </summary>
internal interface ICryptoSession : IDisposable
{
    /// <summary>Takes the next bytes of the CRYPTO stream of a level: in order, without gaps, any cut. After a failure the session is dead; the error carries the alert.</summary>
    bool TryReceive(EncryptionLevel level, ReadOnlySpan<byte> bytes, out TransportError error);

    /// <summary>
    /// Takes the next handshake bytes to send in CRYPTO frames; false when there are none now. A client has its ClientHello ready from the start. The memory is valid until the next call on this object.
    /// </summary>
    bool TryTakeOutgoing(out EncryptionLevel level, out ReadOnlyMemory<byte> bytes);

    /// <summary>Takes keys that became ready: Handshake first, then Application. Poll after every <see cref="TryReceive"/>. A server's Application keys may come before the handshake is complete.</summary>
    bool TryTakeKeys(out EncryptionLevel level, out PacketKeys keys);

    /// <summary>Whether the handshake is complete and the peer is authenticated (RFC 9001, section 4.1.1).</summary>
    bool IsComplete { get; }

    /// <summary>The peer's quic_transport_parameters extension, authenticated once <see cref="IsComplete"/>; empty until it has arrived.</summary>
    ReadOnlySpan<byte> PeerTransportParameters { get; }

    /// <summary>The application protocol that was agreed on; empty until it is known.</summary>
    ReadOnlySpan<byte> ApplicationProtocol { get; }

    /// <summary>The peer's raw public key: 32 bytes of Ed25519, or empty before it was verified.</summary>
    ReadOnlySpan<byte> PeerPublicKey { get; }

    /// <summary>Keys of the next phase of 1-RTT packets (RFC 9001, section 6.1); each call goes one phase further. Header protection keys stay the same.</summary>
    PacketKeys DeriveNextPhase();

    /// <summary>TLS exporter (RFC 8446, section 7.5); false before the handshake is complete.</summary>
    bool TryExport(ReadOnlySpan<byte> label, ReadOnlySpan<byte> context, Span<byte> output);
}
