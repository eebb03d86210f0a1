using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using AltSendme.Quic.Tls;

namespace AltSendme.Quic.Packets.Protection;

/// <summary>An EVP_CIPHER_CTX of libcrypto that holds a key; freed, and the key cleared, by disposal or at the latest by the finalizer.</summary>
internal sealed unsafe class EvpContext : SafeHandle
{
    private EvpContext(nint context)
        : base(0, ownsHandle: true) => SetHandle(context);

    /// <inheritdoc />
    public override bool IsInvalid => handle == 0;

    /// <summary>The native pointer. The caller keeps this object alive while using it.</summary>
    /// <exception cref="ObjectDisposedException">The context was freed.</exception>
    public nint Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return handle;
        }
    }

    /// <summary>A context with the suite's cipher, this key and this direction; only nonces are set afterwards.</summary>
    public static bool TryCreate(CipherSuiteId suite, ReadOnlySpan<byte> key, AeadDirection direction, [NotNullWhen(true)] out EvpContext? context)
    {
        context = null;
        var cipher = LibCrypto.FindCipher(suite);
        if (cipher == 0)
            return false;

        var created = new EvpContext(LibCrypto.NewContext());
        fixed (byte* keyBytes = key)
        {
            if (created.IsInvalid || !LibCrypto.Start(created.handle, cipher, keyBytes, direction == AeadDirection.Seal))
            {
                created.Dispose();
                return false;
            }
        }

        context = created;
        return true;
    }

    /// <inheritdoc />
    protected override bool ReleaseHandle()
    {
        LibCrypto.FreeContext(handle);
        return true;
    }
}
