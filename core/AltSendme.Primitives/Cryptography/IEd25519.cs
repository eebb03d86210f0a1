namespace AltSendme.Primitives.Cryptography;

/// <summary>One implementation of Ed25519. Callers have checked the lengths, and <see cref="StrictRules"/> what is to be verified.</summary>
internal interface IEd25519
{
    /// <summary>Makes a secret key ready, once for all that is signed with it.</summary>
    IEd25519Key Open(ReadOnlySpan<byte> secretKey);

    void DerivePublicKey(ReadOnlySpan<byte> secretKey, Span<byte> publicKey);

    void Sign(ReadOnlySpan<byte> secretKey, ReadOnlySpan<byte> message, Span<byte> signature);

    bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);
}
