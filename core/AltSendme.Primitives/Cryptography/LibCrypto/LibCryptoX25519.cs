namespace AltSendme.Primitives.Cryptography.LibCrypto;

/// <summary>X25519 by libcrypto, which computes the public key whenever it opens a secret one.</summary>
internal sealed class LibCryptoX25519 : IX25519
{
    public IX25519Key Open(ReadOnlySpan<byte> secretKey) => new Key(LibCryptoKeys.OpenSecret(NativeMethods.X25519Key, secretKey));

    public void DerivePublicKey(ReadOnlySpan<byte> secretKey, Span<byte> publicKey)
    {
        using var key = Open(secretKey);
        key.CopyPublicKeyTo(publicKey);
    }

    public bool TryAgree(ReadOnlySpan<byte> secretKey, ReadOnlySpan<byte> peerPublicKey, Span<byte> sharedSecret)
    {
        using var key = Open(secretKey);
        return key.TryAgree(peerPublicKey, sharedSecret);
    }

    private sealed class Key(SafeKeyHandle key) : IX25519Key
    {
        public void CopyPublicKeyTo(Span<byte> publicKey) => LibCryptoKeys.CopyPublicKey(key, publicKey);

        public bool TryAgree(ReadOnlySpan<byte> peerPublicKey, Span<byte> sharedSecret)
        {
            using var peer = LibCryptoKeys.TryOpenPublic(NativeMethods.X25519Key, peerPublicKey);
            if (peer is null)
                return false;

            using var context = NativeMethods.EVP_PKEY_CTX_new(key, 0);
            LibCryptoKeys.Require(!context.IsInvalid && NativeMethods.EVP_PKEY_derive_init(context) == 1, nameof(NativeMethods.EVP_PKEY_derive_init));

            // Both calls may refuse a peer of low order, depending on the version.
            var length = (nuint)sharedSecret.Length;
            if (NativeMethods.EVP_PKEY_derive_set_peer(context, peer) == 1
                && NativeMethods.EVP_PKEY_derive(context, sharedSecret, ref length) == 1
                && sharedSecret.ContainsAnyExcept((byte)0))
                return true;
            NativeMethods.ERR_clear_error();
            return false;
        }

        public void Dispose() => key.Dispose();
    }
}
