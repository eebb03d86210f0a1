namespace AltSendme.Quic.Crypto;

/// <summary>Sizes that are the same for every cipher suite of TLS 1.3 in QUIC.</summary>
internal static class CryptoConstants
{
    /// <summary>Bytes that an AEAD adds to a packet (RFC 9001, section 5.3).</summary>
    public const int TagLength = 16;

    /// <summary>Bytes of ciphertext that header protection samples (RFC 9001, section 5.4.2).</summary>
    public const int SampleLength = 16;

    /// <summary>Bytes between two masks in the output of ComputeHeaderMasks.</summary>
    public const int MaskStride = 16;
}
