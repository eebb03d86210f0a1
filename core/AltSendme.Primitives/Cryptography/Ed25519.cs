using AltSendme.Primitives.Cryptography.LibCrypto;
using AltSendme.Primitives.Cryptography.Managed;

namespace AltSendme.Primitives.Cryptography;

/// <summary>
/// Ed25519 signatures (RFC 8032, section 5.1), by OpenSSL's libcrypto where the machine has it and by managed code elsewhere; both give equal
/// bytes. Every member may be called from any thread.
/// </summary>
/// <remarks>
/// <see cref="Verify"/> is strict, so that a signature has one spelling and one possible signer: it wants S below the group's order, the public
/// key and R in their canonical encoding and not of small order, and the equation without cofactor.
/// </remarks>
public static class Ed25519
{
    /// <summary>Bytes of a secret key (the RFC's seed).</summary>
    public const int SecretKeyLength = 32;

    /// <summary>Bytes of a public key.</summary>
    public const int PublicKeyLength = 32;

    /// <summary>Bytes of a signature.</summary>
    public const int SignatureLength = 64;

    internal static readonly IEd25519 Implementation = LibCryptoLibrary.IsUsable ? new LibCryptoEd25519() : new ManagedEd25519();

    /// <summary>Whether OpenSSL does the work; otherwise managed code does.</summary>
    public static bool UsesLibCrypto => LibCryptoLibrary.IsUsable;

    /// <summary>Computes the public key that belongs to <paramref name="secretKey"/>.</summary>
    /// <exception cref="ArgumentException">A length is not the one named by the constants of this type.</exception>
    public static void DerivePublicKey(ReadOnlySpan<byte> secretKey, Span<byte> publicKey)
    {
        KeyLengths.Require(secretKey.Length, SecretKeyLength, nameof(secretKey));
        KeyLengths.Require(publicKey.Length, PublicKeyLength, nameof(publicKey));
        Implementation.DerivePublicKey(secretKey, publicKey);
    }

    /// <summary>Signs <paramref name="message"/>.</summary>
    /// <exception cref="ArgumentException">A length is not the one named by the constants of this type.</exception>
    public static void Sign(ReadOnlySpan<byte> secretKey, ReadOnlySpan<byte> message, Span<byte> signature)
    {
        KeyLengths.Require(secretKey.Length, SecretKeyLength, nameof(secretKey));
        KeyLengths.Require(signature.Length, SignatureLength, nameof(signature));
        Implementation.Sign(secretKey, message, signature);
    }

    /// <summary>
    /// Whether <paramref name="signature"/> was made over <paramref name="message"/> by the owner of <paramref name="publicKey"/>. All three may
    /// be foreign: a wrong length is a signature that does not hold, never an exception.
    /// </summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        StrictRules.Admit(publicKey, signature) && Implementation.Verify(publicKey, message, signature);

    /// <summary>Whether <paramref name="bytes"/> are a public key that <see cref="Verify"/> could ever accept: a point of the curve, canonical, not of small order.</summary>
    public static bool IsPublicKey(ReadOnlySpan<byte> bytes) =>
        bytes.Length == PublicKeyLength && StrictRules.IsAdmissiblePoint(bytes) && EdwardsPoint.TryDecode(bytes, out _);
}
