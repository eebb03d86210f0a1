using System.Runtime.InteropServices;

namespace AltSendme.Primitives.Cryptography.LibCrypto;

/// <summary>An EVP_PKEY_CTX: one operation of key agreement.</summary>
internal sealed class SafeKeyContextHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.EVP_PKEY_CTX_free(handle);
        return true;
    }
}
