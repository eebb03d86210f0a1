namespace AltSendme.Quic.Tls;

/// <summary>Cipher suites of TLS 1.3 that QUIC can use (RFC 8446, appendix B.4; RFC 9001, section 5.3).</summary>
internal enum CipherSuiteId : ushort
{
    /// <summary>TLS_AES_128_GCM_SHA256.</summary>
    Aes128Gcm = 0x1301,

    /// <summary>TLS_AES_256_GCM_SHA384.</summary>
    Aes256Gcm = 0x1302,

    /// <summary>TLS_CHACHA20_POLY1305_SHA256.</summary>
    ChaCha20Poly1305 = 0x1303,
}
