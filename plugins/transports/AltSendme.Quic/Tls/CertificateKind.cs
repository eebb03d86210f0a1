namespace AltSendme.Quic.Tls;

/// <summary>How the ends of a handshake show who they are. A configuration speaks one kind and takes no other.</summary>
internal enum CertificateKind
{
    /// <summary>Raw public keys on both sides (RFC 7250).</summary>
    RawPublicKey,

    /// <summary>The server shows an X.509 certificate, the client nothing.</summary>
    X509,
}
