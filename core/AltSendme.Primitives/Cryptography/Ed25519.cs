namespace AltSendme.Primitives.Cryptography;

/// <summary>Ed25519 signatures (RFC 8032, section 5.1).</summary>
public static class Ed25519
{
    /// <summary>Bytes of a secret key (the RFC's seed).</summary>
    public const int SecretKeyLength = 32;

    /// <summary>Bytes of a public key.</summary>
    public const int PublicKeyLength = 32;

    /// <summary>Bytes of a signature.</summary>
    public const int SignatureLength = 64;

    /// <summary>Computes the public key that belongs to <paramref name="secretKey"/>.</summary>
    public static void DerivePublicKey(ReadOnlySpan<byte> secretKey, Span<byte> publicKey) => throw new PlatformNotSupportedException();

    /// <summary>Signs <paramref name="message"/>.</summary>
    public static void Sign(ReadOnlySpan<byte> secretKey, ReadOnlySpan<byte> message, Span<byte> signature) => throw new PlatformNotSupportedException();

    /// <summary>Whether <paramref name="signature"/> was made over <paramref name="message"/> by the owner of <paramref name="publicKey"/>.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => throw new PlatformNotSupportedException();
}
