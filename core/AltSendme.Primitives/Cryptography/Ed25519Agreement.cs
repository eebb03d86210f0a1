using System.Security.Cryptography;
using AltSendme.Primitives.Cryptography.Managed;

namespace AltSendme.Primitives.Cryptography;

/// <summary>
/// X25519 between two owners of Ed25519 keys: both curves are one in other coordinates (RFC 7748, section 4.1), so that a pair of signing keys can agree on a secret without further keys. For iroh's discovery
/// messages, which are sealed that way.
/// </summary>
public static class Ed25519Agreement
{
    /// <summary>Bytes of the shared secret.</summary>
    public const int SecretLength = X25519.KeyLength;

    /// <summary>Computes what both owners can compute: X25519 of the converted keys, not hashed. False when <paramref name="peerPublicKey"/>, which is foreign, is no usable key.</summary>
    /// <exception cref="ArgumentException">The length of <paramref name="secretKey"/> or of <paramref name="sharedSecret"/> is not the one named by the constants.</exception>
    public static bool TryAgree(ReadOnlySpan<byte> secretKey, ReadOnlySpan<byte> peerPublicKey, Span<byte> sharedSecret)
    {
        KeyLengths.Require(secretKey.Length, Ed25519.SecretKeyLength, nameof(secretKey));
        KeyLengths.Require(sharedSecret.Length, SecretLength, nameof(sharedSecret));
        if (!Ed25519.IsPublicKey(peerPublicKey))
        {
            CryptographicOperations.ZeroMemory(sharedSecret);
            return false;
        }

        // The signing scalar is the first half of the hashed seed (RFC 8032, section 5.1.5); X25519 clamps it as Ed25519 does.
        Span<byte> expanded = stackalloc byte[SHA512.HashSizeInBytes];
        Span<byte> converted = stackalloc byte[X25519.KeyLength];
        SHA512.HashData(secretKey, expanded);
        ToMontgomery(peerPublicKey, converted);
        var isAgreed = X25519.TryAgree(expanded[..X25519.KeyLength], converted, sharedSecret);
        CryptographicOperations.ZeroMemory(expanded);
        return isAgreed;
    }

    /// <summary>The birational map u = (1 + y) / (1 - y) (RFC 7748, section 4.1). The sign of x, the highest bit, is lost.</summary>
    internal static void ToMontgomery(ReadOnlySpan<byte> publicKey, Span<byte> converted)
    {
        Span<byte> bytes = stackalloc byte[FieldElement.Length];
        publicKey.CopyTo(bytes);
        bytes[^1] &= 0x7F;
        var y = FieldElement.FromBytes(bytes);
        var u = (FieldElement.One + y) * (FieldElement.One - y).Invert();
        u.ToBytes(converted);
    }
}
