using System.Runtime.InteropServices;

namespace AltSendme.Primitives.Cryptography.LibCrypto;

/// <summary>The functions of libcrypto that are used, under their own names (OpenSSL 1.1.1 and later; manual pages EVP_PKEY_new, EVP_DigestSign, EVP_PKEY_derive).</summary>
internal static partial class NativeMethods
{
    public const string Library = "libcrypto";

    /// <summary>NID_X25519, the key type of key agreement.</summary>
    public const int X25519Key = 1034;

    /// <summary>NID_ED25519, the key type of signatures.</summary>
    public const int Ed25519Key = 1087;

    [LibraryImport(Library)]
    public static partial SafeKeyHandle EVP_PKEY_new_raw_private_key(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library)]
    public static partial SafeKeyHandle EVP_PKEY_new_raw_public_key(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_get_raw_public_key(SafeKeyHandle key, Span<byte> publicKey, ref nuint length);

    [LibraryImport(Library)]
    public static partial void EVP_PKEY_free(nint key);

    [LibraryImport(Library)]
    public static partial SafeDigestContextHandle EVP_MD_CTX_new();

    [LibraryImport(Library)]
    public static partial void EVP_MD_CTX_free(nint context);

    [LibraryImport(Library)]
    public static partial int EVP_DigestSignInit(SafeDigestContextHandle context, nint keyContext, nint digest, nint engine, SafeKeyHandle key);

    [LibraryImport(Library)]
    public static partial int EVP_DigestSign(SafeDigestContextHandle context, Span<byte> signature, ref nuint signatureLength, ReadOnlySpan<byte> message, nuint messageLength);

    [LibraryImport(Library)]
    public static partial int EVP_DigestVerifyInit(SafeDigestContextHandle context, nint keyContext, nint digest, nint engine, SafeKeyHandle key);

    [LibraryImport(Library)]
    public static partial int EVP_DigestVerify(SafeDigestContextHandle context, ReadOnlySpan<byte> signature, nuint signatureLength, ReadOnlySpan<byte> message, nuint messageLength);

    [LibraryImport(Library)]
    public static partial SafeKeyContextHandle EVP_PKEY_CTX_new(SafeKeyHandle key, nint engine);

    [LibraryImport(Library)]
    public static partial void EVP_PKEY_CTX_free(nint context);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_derive_init(SafeKeyContextHandle context);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_derive_set_peer(SafeKeyContextHandle context, SafeKeyHandle peer);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_derive(SafeKeyContextHandle context, Span<byte> secret, ref nuint length);

    [LibraryImport(Library)]
    public static partial void ERR_clear_error();
}
