namespace AltSendme.Primitives.Cryptography.LibCrypto;

/// <summary>Ed25519 by libcrypto, which computes the public key whenever it opens a secret one.</summary>
internal sealed class LibCryptoEd25519 : IEd25519
{
    public IEd25519Key Open(ReadOnlySpan<byte> secretKey) => new Key(LibCryptoKeys.OpenSecret(NativeMethods.Ed25519Key, secretKey));

    public void DerivePublicKey(ReadOnlySpan<byte> secretKey, Span<byte> publicKey) => LibCryptoKeys.DerivePublicKey(NativeMethods.Ed25519Key, secretKey, publicKey);

    public void Sign(ReadOnlySpan<byte> secretKey, ReadOnlySpan<byte> message, Span<byte> signature)
    {
        using var key = Open(secretKey);
        key.Sign(message, signature);
    }

    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        using var key = LibCryptoKeys.TryOpenPublic(NativeMethods.Ed25519Key, publicKey);
        if (key is null)
            return false;

        using var context = NativeMethods.EVP_MD_CTX_new();
        LibCryptoKeys.Require(!context.IsInvalid && NativeMethods.EVP_DigestVerifyInit(context, 0, 0, 0, key) == 1, nameof(NativeMethods.EVP_DigestVerifyInit));
        if (NativeMethods.EVP_DigestVerify(context, signature, (nuint)signature.Length, NeverNull(message), (nuint)message.Length) == 1)
            return true;
        NativeMethods.ERR_clear_error();
        return false;
    }

    // An empty span may be marshalled as a null pointer, which libcrypto need not like.
    private static ReadOnlySpan<byte> NeverNull(ReadOnlySpan<byte> message) => message.IsEmpty ? [0] : message;

    private sealed class Key(SafeKeyHandle key) : IEd25519Key
    {
        public void Sign(ReadOnlySpan<byte> message, Span<byte> signature)
        {
            using var context = NativeMethods.EVP_MD_CTX_new();
            LibCryptoKeys.Require(!context.IsInvalid && NativeMethods.EVP_DigestSignInit(context, 0, 0, 0, key) == 1, nameof(NativeMethods.EVP_DigestSignInit));

            var length = (nuint)signature.Length;
            LibCryptoKeys.Require(
                NativeMethods.EVP_DigestSign(context, signature, ref length, NeverNull(message), (nuint)message.Length) == 1 && length == (nuint)signature.Length,
                nameof(NativeMethods.EVP_DigestSign));
        }

        public void Dispose() => key.Dispose();
    }
}
