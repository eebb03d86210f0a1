using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace AltSendme.Explorer.Com;

/// <summary>A selection (shobjidl_core.idl).</summary>
[GeneratedComInterface]
[Guid("B63EA76D-1F85-456F-A19C-48159EFA858B")]
internal partial interface IShellItemArray
{
    void BindToHandler(nint bindContext, in Guid handler, in Guid interfaceId, out nint instance);

    void GetPropertyStore(int flags, in Guid interfaceId, out nint store);

    void GetPropertyDescriptionList(nint keyType, in Guid interfaceId, out nint list);

    [PreserveSig]
    int GetAttributes(int combination, uint mask, out uint attributes);

    void GetCount(out uint count);

    void GetItemAt(uint index, out IShellItem item);

    void EnumItems(out nint items);
}
