namespace AltSendme.Primitives.Cryptography;

/// <summary>
/// A secret key of Ed25519 (RFC 8032, section 5.1) that signs more than once: half of what <see cref="Ed25519.Sign"/> does each time is to compute the public key, which is done here when it is made. May be used from any
/// thread. Whoever made it disposes it, which clears the secret.
/// </summary>
public sealed class Ed25519Key : IDisposable
{
    private readonly IEd25519Key _key;

    /// <summary>Takes a secret key, which the caller keeps and zeroes.</summary>
    /// <exception cref="ArgumentException">It has not <see cref="Ed25519.SecretKeyLength"/> bytes.</exception>
    public Ed25519Key(ReadOnlySpan<byte> secretKey)
    {
        KeyLengths.Require(secretKey.Length, Ed25519.SecretKeyLength, nameof(secretKey));
        _key = Ed25519.Implementation.Open(secretKey);
    }

    /// <summary>Signs <paramref name="message"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="signature"/> has not <see cref="Ed25519.SignatureLength"/> bytes.</exception>
    /// <exception cref="ObjectDisposedException">The key is gone.</exception>
    public void Sign(ReadOnlySpan<byte> message, Span<byte> signature)
    {
        KeyLengths.Require(signature.Length, Ed25519.SignatureLength, nameof(signature));
        _key.Sign(message, signature);
    }

    /// <summary>Clears the secret.</summary>
    public void Dispose() => _key.Dispose();
}
