namespace AltSendme.Primitives.Cryptography;

/// <summary>One implementation of X25519. Callers have checked the lengths.</summary>
internal interface IX25519
{
    /// <summary>Makes a secret key ready, once for all that is done with it.</summary>
    IX25519Key Open(ReadOnlySpan<byte> secretKey);

    void DerivePublicKey(ReadOnlySpan<byte> secretKey, Span<byte> publicKey);

    /// <summary><see langword="false"/> when the shared secret is all zero.</summary>
    bool TryAgree(ReadOnlySpan<byte> secretKey, ReadOnlySpan<byte> peerPublicKey, Span<byte> sharedSecret);
}
