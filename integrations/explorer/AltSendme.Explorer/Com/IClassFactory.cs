using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace AltSendme.Explorer.Com;

/// <summary>Makes objects of one class (unknwn.idl).</summary>
[GeneratedComInterface]
[Guid("00000001-0000-0000-C000-000000000046")]
internal partial interface IClassFactory
{
    [PreserveSig]
    int CreateInstance(nint outer, in Guid interfaceId, out nint instance);

    void LockServer([MarshalAs(UnmanagedType.Bool)] bool isLocked);
}
