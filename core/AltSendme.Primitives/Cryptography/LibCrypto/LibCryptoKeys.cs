using System.Security.Cryptography;

namespace AltSendme.Primitives.Cryptography.LibCrypto;

/// <summary>Keys as libcrypto holds them.</summary>
internal static class LibCryptoKeys
{
    public static SafeKeyHandle OpenSecret(int type, ReadOnlySpan<byte> secretKey)
    {
        var key = NativeMethods.EVP_PKEY_new_raw_private_key(type, 0, secretKey, (nuint)secretKey.Length);
        if (!key.IsInvalid)
            return key;
        key.Dispose();
        throw Failed(nameof(NativeMethods.EVP_PKEY_new_raw_private_key));
    }

    /// <summary>Opens a peer's key; <see langword="null"/> when libcrypto refuses it.</summary>
    public static SafeKeyHandle? TryOpenPublic(int type, ReadOnlySpan<byte> publicKey)
    {
        var key = NativeMethods.EVP_PKEY_new_raw_public_key(type, 0, publicKey, (nuint)publicKey.Length);
        if (!key.IsInvalid)
            return key;
        key.Dispose();
        NativeMethods.ERR_clear_error();
        return null;
    }

    public static void DerivePublicKey(int type, ReadOnlySpan<byte> secretKey, Span<byte> publicKey)
    {
        using var key = OpenSecret(type, secretKey);
        CopyPublicKey(key, publicKey);
    }

    public static void CopyPublicKey(SafeKeyHandle key, Span<byte> publicKey)
    {
        var length = (nuint)publicKey.Length;
        Require(NativeMethods.EVP_PKEY_get_raw_public_key(key, publicKey, ref length) == 1 && length == (nuint)publicKey.Length, nameof(NativeMethods.EVP_PKEY_get_raw_public_key));
    }

    /// <summary>Throws when a call failed that only lack of memory or a broken libcrypto can make fail.</summary>
    public static void Require(bool succeeded, string function)
    {
        if (!succeeded)
            throw Failed(function);
    }

    private static CryptographicException Failed(string function)
    {
        // What stays in the thread's error queue would be blamed on the next user of OpenSSL, which may be the runtime itself.
        NativeMethods.ERR_clear_error();
        return new CryptographicException($"libcrypto failed in {function}.");
    }
}
