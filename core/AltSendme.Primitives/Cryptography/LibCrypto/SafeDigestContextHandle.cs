using System.Runtime.InteropServices;

namespace AltSendme.Primitives.Cryptography.LibCrypto;

/// <summary>An EVP_MD_CTX: one operation of signing or verifying.</summary>
internal sealed class SafeDigestContextHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.EVP_MD_CTX_free(handle);
        return true;
    }
}
