namespace AltSendme.Primitives.Cryptography;

/// <summary>
/// A secret key of X25519 (RFC 7748, section 5) that is used more than once, as a handshake does: the public key is computed when it is made and never again. Whoever made it disposes it, which clears the secret.
/// </summary>
public sealed class X25519Key : IDisposable
{
    private readonly IX25519Key _key;

    /// <summary>Takes a secret key, which the caller keeps and zeroes.</summary>
    /// <exception cref="ArgumentException">It has not <see cref="X25519.KeyLength"/> bytes.</exception>
    public X25519Key(ReadOnlySpan<byte> secretKey)
    {
        KeyLengths.Require(secretKey.Length, X25519.KeyLength, nameof(secretKey));
        _key = X25519.Implementation.Open(secretKey);
    }

    /// <summary>Writes the public key that belongs to it.</summary>
    /// <exception cref="ArgumentException"><paramref name="publicKey"/> has not <see cref="X25519.KeyLength"/> bytes.</exception>
    public void CopyPublicKeyTo(Span<byte> publicKey)
    {
        KeyLengths.Require(publicKey.Length, X25519.KeyLength, nameof(publicKey));
        _key.CopyPublicKeyTo(publicKey);
    }

    /// <summary>As <see cref="X25519.TryAgree"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="sharedSecret"/> has not <see cref="X25519.KeyLength"/> bytes.</exception>
    public bool TryAgree(ReadOnlySpan<byte> peerPublicKey, Span<byte> sharedSecret)
    {
        KeyLengths.Require(sharedSecret.Length, X25519.KeyLength, nameof(sharedSecret));
        if (peerPublicKey.Length == X25519.KeyLength && _key.TryAgree(peerPublicKey, sharedSecret))
            return true;
        sharedSecret.Clear();
        return false;
    }

    /// <summary>Clears the secret.</summary>
    public void Dispose() => _key.Dispose();
}
