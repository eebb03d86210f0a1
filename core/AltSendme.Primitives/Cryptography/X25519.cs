using System.Security.Cryptography;
using AltSendme.Primitives.Cryptography.LibCrypto;
using AltSendme.Primitives.Cryptography.Managed;

namespace AltSendme.Primitives.Cryptography;

/// <summary>
/// X25519 key agreement (RFC 7748, section 5), by OpenSSL's libcrypto where the machine has it and by managed code elsewhere; both give equal
/// bytes. Every member may be called from any thread.
/// </summary>
public static class X25519
{
    /// <summary>Bytes of a secret key, a public key and a shared secret.</summary>
    public const int KeyLength = 32;

    internal static readonly IX25519 Implementation = LibCryptoLibrary.IsUsable ? new LibCryptoX25519() : new ManagedX25519();

    /// <summary>Computes the public key that belongs to <paramref name="secretKey"/>.</summary>
    /// <exception cref="ArgumentException">A length is not <see cref="KeyLength"/>.</exception>
    public static void DerivePublicKey(ReadOnlySpan<byte> secretKey, Span<byte> publicKey)
    {
        KeyLengths.Require(secretKey.Length, KeyLength, nameof(secretKey));
        KeyLengths.Require(publicKey.Length, KeyLength, nameof(publicKey));
        Implementation.DerivePublicKey(secretKey, publicKey);
    }

    /// <summary>
    /// Computes the shared secret. <see langword="false"/> when it is all zero, which a handshake must refuse (RFC 7748, section 6.1), or when the
    /// peer's key, which is foreign, has another length; <paramref name="sharedSecret"/> is then zero.
    /// </summary>
    /// <exception cref="ArgumentException">The length of this side's key or of <paramref name="sharedSecret"/> is not <see cref="KeyLength"/>.</exception>
    public static bool TryAgree(ReadOnlySpan<byte> secretKey, ReadOnlySpan<byte> peerPublicKey, Span<byte> sharedSecret)
    {
        KeyLengths.Require(secretKey.Length, KeyLength, nameof(secretKey));
        KeyLengths.Require(sharedSecret.Length, KeyLength, nameof(sharedSecret));
        if (peerPublicKey.Length == KeyLength && Implementation.TryAgree(secretKey, peerPublicKey, sharedSecret))
            return true;
        CryptographicOperations.ZeroMemory(sharedSecret);
        return false;
    }
}
