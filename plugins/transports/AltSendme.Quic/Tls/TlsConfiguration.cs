using AltSendme.Quic.Tls.Exchange;

namespace AltSendme.Quic.Tls;

/// <summary>What a handshake needs to know about this end and expects of the other. Immutable; may be shared by any number of connections.</summary>
internal sealed record TlsConfiguration
{
    /// <summary>This end's raw public key: 32 bytes of Ed25519. Not needed with certificates.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; init; }

    /// <summary>Signs with the key that belongs to <see cref="PublicKey"/>.</summary>
    public SignHandshake Sign { get; init; } = static (_, _) => throw new InvalidOperationException("There is no key to sign with.");

    /// <summary>The certificate that a server shows instead of a raw key, asked for at each handshake; its clients show nothing. Null for raw keys.</summary>
    public Func<ServerCertificate>? Certificate { get; init; }

    /// <summary>The name in the certificate that a client expects of its server, instead of a raw key. Null for raw keys.</summary>
    public ServerName? Server { get; init; }

    /// <summary>Application protocols (RFC 7301), best first; 1 to 255 bytes each, at least one. A server picks the first of its own list that the client offers.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> ApplicationProtocols { get; init; }

    /// <summary>The 32-byte key that the peer must prove to own; empty accepts any. A client always sets it.</summary>
    public ReadOnlyMemory<byte> ExpectedPeer { get; init; }

    /// <summary>Cipher suites that may be used, best first.</summary>
    public IReadOnlyList<CipherSuiteId> CipherSuites { get; init; } = CipherSuite.Preferred;

    /// <summary>Key exchange groups that may be used, best first. A client sends a key share for the first only.</summary>
    public IReadOnlyList<NamedGroup> Groups { get; init; } = [NamedGroup.X25519, NamedGroup.Secp256r1];

    /// <summary>Where hello randoms and X25519 secrets come from; seeded in tests only.</summary>
    public RandomSource Random { get; init; } = RandomSource.Secure;

    /// <summary>Which kind of proof is spoken.</summary>
    public CertificateKind Kind => Certificate is null && Server is null ? CertificateKind.RawPublicKey : CertificateKind.X509;
}
