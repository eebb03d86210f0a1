using System.Runtime.InteropServices;

namespace AltSendme.Primitives.Cryptography.LibCrypto;

/// <summary>An EVP_PKEY: freeing it clears a secret key.</summary>
internal sealed class SafeKeyHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.EVP_PKEY_free(handle);
        return true;
    }
}
