namespace AltSendme.Quic.Tls;

/// <summary>The alerts that are sent here (RFC 8446, section 6.2), as the lowest byte of a CRYPTO_ERROR (RFC 9001, section 4.8).</summary>
internal enum TlsAlert : byte
{
    /// <summary>A message came that does not belong here.</summary>
    UnexpectedMessage = 10,

    /// <summary>No common suite, group or signature scheme.</summary>
    HandshakeFailure = 40,

    /// <summary>The server's certificate is damaged, or for another name.</summary>
    BadCertificate = 42,

    /// <summary>The peer's key is of a kind that is not accepted, or it would not send a raw one (RFC 7250, section 4).</summary>
    UnsupportedCertificate = 43,

    /// <summary>The peer proved a key, but not the expected one.</summary>
    CertificateUnknown = 46,

    /// <summary>A field is well formed and wrong.</summary>
    IllegalParameter = 47,

    /// <summary>Nobody who is trusted here vouches for the server's certificate.</summary>
    UnknownAuthority = 48,

    /// <summary>A message could not be parsed.</summary>
    DecodeError = 50,

    /// <summary>A signature or a Finished does not verify.</summary>
    DecryptError = 51,

    /// <summary>The peer does not speak TLS 1.3.</summary>
    ProtocolVersion = 70,

    /// <summary>A mandatory extension is missing.</summary>
    MissingExtension = 109,

    /// <summary>An answer carries an extension that was not offered.</summary>
    UnsupportedExtension = 110,

    /// <summary>The client sent no key to prove.</summary>
    CertificateRequired = 116,

    /// <summary>No common application protocol (RFC 7301, section 3.2).</summary>
    NoApplicationProtocol = 120,
}
