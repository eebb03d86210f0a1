namespace AltSendme.Quic.Tls.Wire;

/// <summary>Types of handshake messages (RFC 8446, section 4).</summary>
internal enum HandshakeType : byte
{
    /// <summary>The client's offer.</summary>
    ClientHello = 1,

    /// <summary>The server's choice, or its request for another offer.</summary>
    ServerHello = 2,

    /// <summary>A ticket for resumption, which is not used here.</summary>
    NewSessionTicket = 4,

    /// <summary>The rest of the server's choices, encrypted.</summary>
    EncryptedExtensions = 8,

    /// <summary>A raw public key.</summary>
    Certificate = 11,

    /// <summary>Asks the client for its key.</summary>
    CertificateRequest = 13,

    /// <summary>Proof of possession of the key.</summary>
    CertificateVerify = 15,

    /// <summary>A MAC over everything so far.</summary>
    Finished = 20,

    /// <summary>Forbidden in QUIC (RFC 9001, section 6).</summary>
    KeyUpdate = 24,

    /// <summary>Stands in for the first ClientHello in the transcript after a HelloRetryRequest; never sent.</summary>
    MessageHash = 254,
}
