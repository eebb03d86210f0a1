namespace AltSendme.Quic.Tls;

/// <summary>Numbers of TLS 1.3 that several messages share (RFC 8446).</summary>
internal static class ProtocolConstants
{
    /// <summary>What every hello says in its legacy_version: TLS 1.2.</summary>
    public const ushort LegacyVersion = 0x0303;

    /// <summary>TLS 1.3 in supported_versions.</summary>
    public const ushort Tls13 = 0x0304;

    /// <summary>The only signature scheme of raw keys: ed25519 (section 4.2.3).</summary>
    public const ushort Ed25519Scheme = 0x0807;

    /// <summary>The certificate type X.509, which holds where none is named (RFC 7250, section 3).</summary>
    public const byte X509Type = 0;

    /// <summary>The certificate type RawPublicKey (RFC 7250, section 3).</summary>
    public const byte RawPublicKeyType = 2;

    /// <summary>Bytes of a hello's random.</summary>
    public const int RandomLength = 32;

    /// <summary>The random that marks a ServerHello as a HelloRetryRequest (section 4.1.3).</summary>
    public static ReadOnlySpan<byte> HelloRetryRandom =>
    [
        0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91,
        0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c,
    ];
}
