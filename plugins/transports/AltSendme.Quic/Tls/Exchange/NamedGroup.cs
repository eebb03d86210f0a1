namespace AltSendme.Quic.Tls.Exchange;

/// <summary>Key exchange groups (RFC 8446, section 4.2.7). Others, such as P-384 in an iroh offer, are read and passed over.</summary>
internal enum NamedGroup : ushort
{
    /// <summary>NIST P-256, uncompressed points.</summary>
    Secp256r1 = 0x0017,

    /// <summary>Curve25519 (RFC 7748).</summary>
    X25519 = 0x001d,
}
