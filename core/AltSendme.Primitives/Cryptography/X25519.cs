namespace AltSendme.Primitives.Cryptography;

/// <summary>X25519 key agreement (RFC 7748, section 5).</summary>
public static class X25519
{
    /// <summary>Bytes of a secret key, a public key and a shared secret.</summary>
    public const int KeyLength = 32;

    /// <summary>Computes the public key that belongs to <paramref name="secretKey"/>.</summary>
    public static void DerivePublicKey(ReadOnlySpan<byte> secretKey, Span<byte> publicKey) => throw new PlatformNotSupportedException();

    /// <summary>Computes the shared secret. <see langword="false"/> when it is all zero, which a handshake must refuse (RFC 7748, section 6.1).</summary>
    public static bool TryAgree(ReadOnlySpan<byte> secretKey, ReadOnlySpan<byte> peerPublicKey, Span<byte> sharedSecret) => throw new PlatformNotSupportedException();
}
