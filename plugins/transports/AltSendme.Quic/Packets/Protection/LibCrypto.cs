using System.Runtime.InteropServices;
using AltSendme.Quic.Tls;

namespace AltSendme.Quic.Packets.Protection;

/// <summary>
/// The few functions of OpenSSL's libcrypto (1.1 and 3.x) that packet protection calls. Bound at run time, so that a machine without the library falls back instead of failing.
/// Calls that take well under a microsecond skip the GC transition; the one whose time grows with the packet does not.
/// </summary>
internal static unsafe class LibCrypto
{
    /// <summary>EVP_CTRL_AEAD_GET_TAG.</summary>
    public const int GetTag = 0x10;

    /// <summary>EVP_CTRL_AEAD_SET_TAG.</summary>
    public const int SetTag = 0x11;

    private const int KeepDirection = -1;

    private static readonly string[] LibraryNames = ["libcrypto.so.3", "libcrypto.so.1.1"];

    private static readonly delegate* unmanaged<nint> ContextNew;
    private static readonly delegate* unmanaged<nint, void> ContextFree;
    private static readonly delegate* unmanaged[SuppressGCTransition]<nint, nint, nint, byte*, byte*, int, int> CipherInit;
    private static readonly delegate* unmanaged[SuppressGCTransition]<nint, byte*, int*, byte*, int, int> CipherUpdateShort;
    private static readonly delegate* unmanaged<nint, byte*, int*, byte*, int, int> CipherUpdate;
    private static readonly delegate* unmanaged[SuppressGCTransition]<nint, byte*, int*, int> CipherFinal;
    private static readonly delegate* unmanaged[SuppressGCTransition]<nint, int, int, byte*, int> ContextControl;
    private static readonly nint Aes128;
    private static readonly nint Aes256;
    private static readonly nint ChaCha20;

    static LibCrypto()
    {
        if (!OperatingSystem.IsLinux() || !TryLoad(out var library))
            return;

        ContextNew = (delegate* unmanaged<nint>)Export("EVP_CIPHER_CTX_new");
        ContextFree = (delegate* unmanaged<nint, void>)Export("EVP_CIPHER_CTX_free");
        CipherInit = (delegate* unmanaged[SuppressGCTransition]<nint, nint, nint, byte*, byte*, int, int>)Export("EVP_CipherInit_ex");
        CipherUpdate = (delegate* unmanaged<nint, byte*, int*, byte*, int, int>)Export("EVP_CipherUpdate");
        CipherUpdateShort = (delegate* unmanaged[SuppressGCTransition]<nint, byte*, int*, byte*, int, int>)CipherUpdate;
        CipherFinal = (delegate* unmanaged[SuppressGCTransition]<nint, byte*, int*, int>)Export("EVP_CipherFinal_ex");
        ContextControl = (delegate* unmanaged[SuppressGCTransition]<nint, int, int, byte*, int>)Export("EVP_CIPHER_CTX_ctrl");
        Aes128 = Cipher("EVP_aes_128_gcm");
        Aes256 = Cipher("EVP_aes_256_gcm");
        ChaCha20 = Cipher("EVP_chacha20_poly1305");
        IsAvailable = ContextNew is not null && ContextFree is not null && CipherInit is not null && CipherUpdate is not null
            && CipherFinal is not null && ContextControl is not null;

        nint Export(string name) => NativeLibrary.TryGetExport(library, name, out var address) ? address : 0;

        nint Cipher(string name)
        {
            var function = (delegate* unmanaged<nint>)Export(name);
            return function is null ? 0 : function();
        }
    }

    /// <summary>Whether the library and all of its functions were found.</summary>
    public static bool IsAvailable { get; }

    /// <summary>The library's description of a suite's AEAD, or 0.</summary>
    public static nint FindCipher(CipherSuiteId suite) => suite switch
    {
        CipherSuiteId.Aes128Gcm => Aes128,
        CipherSuiteId.Aes256Gcm => Aes256,
        CipherSuiteId.ChaCha20Poly1305 => ChaCha20,
        _ => 0,
    };

    /// <summary>A new, empty cipher context, or 0.</summary>
    public static nint NewContext() => ContextNew();

    /// <summary>Clears and frees a context.</summary>
    public static void FreeContext(nint context) => ContextFree(context);

    /// <summary>Binds a context to a cipher, a key and a direction.</summary>
    public static bool Start(nint context, nint cipher, byte* key, bool encrypt) => CipherInit(context, cipher, 0, key, null, encrypt ? 1 : 0) == 1;

    /// <summary>Begins a packet with a 12-byte nonce, the default length of all three ciphers.</summary>
    public static bool SetNonce(nint context, byte* nonce) => CipherInit(context, 0, 0, null, nonce, KeepDirection) == 1;

    /// <summary>Feeds a header: short, so without a GC transition.</summary>
    public static bool UpdateShort(nint context, byte* output, int* written, byte* input, int length) => CipherUpdateShort(context, output, written, input, length) == 1;

    /// <summary>Feeds the content of a packet, which may be 64 KiB long.</summary>
    public static bool Update(nint context, byte* output, int* written, byte* input, int length) => CipherUpdate(context, output, written, input, length) == 1;

    /// <summary>Ends a packet; when opening, false where the tag does not fit.</summary>
    public static bool Finish(nint context, byte* output, int* written) => CipherFinal(context, output, written) == 1;

    /// <summary>Gets or sets the tag.</summary>
    public static bool Control(nint context, int operation, int length, byte* bytes) => ContextControl(context, operation, length, bytes) == 1;

    private static bool TryLoad(out nint library)
    {
        foreach (var name in LibraryNames)
        {
            if (NativeLibrary.TryLoad(name, out library))
                return true;
        }

        library = 0;
        return false;
    }
}
