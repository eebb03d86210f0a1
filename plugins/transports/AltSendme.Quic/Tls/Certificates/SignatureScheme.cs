namespace AltSendme.Quic.Tls.Certificates;

/// <summary>Signature schemes of TLS 1.3 (RFC 8446, section 4.2.3).</summary>
internal enum SignatureScheme : ushort
{
    /// <summary>rsa_pkcs1_sha256: in certificates only.</summary>
    RsaPkcs1Sha256 = 0x0401,

    /// <summary>ecdsa_secp256r1_sha256.</summary>
    EcdsaP256Sha256 = 0x0403,

    /// <summary>rsa_pkcs1_sha384: in certificates only.</summary>
    RsaPkcs1Sha384 = 0x0501,

    /// <summary>ecdsa_secp384r1_sha384.</summary>
    EcdsaP384Sha384 = 0x0503,

    /// <summary>rsa_pkcs1_sha512: in certificates only.</summary>
    RsaPkcs1Sha512 = 0x0601,

    /// <summary>rsa_pss_rsae_sha256.</summary>
    RsaPssSha256 = 0x0804,

    /// <summary>rsa_pss_rsae_sha384.</summary>
    RsaPssSha384 = 0x0805,

    /// <summary>rsa_pss_rsae_sha512.</summary>
    RsaPssSha512 = 0x0806,

    /// <summary>ed25519.</summary>
    Ed25519 = 0x0807,
}
