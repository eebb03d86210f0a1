using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace AltSendme.Primitives.Cryptography.LibCrypto;

/// <summary>Finds OpenSSL's libcrypto once a process, leads the imports of <see cref="NativeMethods"/> to it, and says whether it can do what is needed here.</summary>
internal static class LibCryptoLibrary
{
    private static readonly nint Handle = Load();

    /// <summary>Whether a libcrypto was found and knows Ed25519 and X25519 (one in FIPS mode may not).</summary>
    public static bool IsUsable { get; } = Handle != 0 && KnowsBothCurves();

    // None on Windows: a DLL of that name comes from anybody's folder. On macOS the plain name is a trap that ends the process, so only versioned names are tried.
    private static string[] Names() =>
        OperatingSystem.IsWindows() ? []
        : OperatingSystem.IsMacOS() ? ["/opt/homebrew/opt/openssl@3/lib/libcrypto.3.dylib", "/usr/local/opt/openssl@3/lib/libcrypto.3.dylib", "/opt/local/lib/libcrypto.3.dylib", "libcrypto.3.dylib"]
        : ["libcrypto.so.3", "libcrypto.so", "libcrypto.so.1.1"];

    private static nint Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(LibCryptoLibrary).Assembly, static (name, _, _) => name == NativeMethods.Library ? Handle : 0);
        foreach (var name in Names())
        {
            if (!NativeLibrary.TryLoad(name, typeof(LibCryptoLibrary).Assembly, DllImportSearchPath.SafeDirectories, out var library))
                continue;
            if (NativeLibrary.TryGetExport(library, nameof(NativeMethods.EVP_PKEY_new_raw_private_key), out _)
                && NativeLibrary.TryGetExport(library, nameof(NativeMethods.EVP_DigestVerify), out _))
                return library;
            NativeLibrary.Free(library);
        }

        return 0;
    }

    private static bool KnowsBothCurves()
    {
        ReadOnlySpan<byte> anyKey = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        Span<byte> result = stackalloc byte[Ed25519.SignatureLength];
        try
        {
            new LibCryptoEd25519().Sign(anyKey, anyKey, result);
            new LibCryptoX25519().DerivePublicKey(anyKey, result[..X25519.KeyLength]);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
