namespace AltSendme.Primitives.Cryptography;

/// <summary>A secret key of X25519 that one implementation holds; disposing clears it. Callers have checked the lengths.</summary>
internal interface IX25519Key : IDisposable
{
    void CopyPublicKeyTo(Span<byte> publicKey);

    /// <summary><see langword="false"/> when the shared secret is all zero.</summary>
    bool TryAgree(ReadOnlySpan<byte> peerPublicKey, Span<byte> sharedSecret);
}
