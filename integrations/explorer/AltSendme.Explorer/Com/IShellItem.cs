using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace AltSendme.Explorer.Com;

/// <summary>Something that Explorer shows: a file, a folder, or what has no path (shobjidl_core.idl).</summary>
[GeneratedComInterface(StringMarshalling = StringMarshalling.Utf16)]
[Guid("43826D1E-E718-42EE-BC55-A1E261C37BFE")]
internal partial interface IShellItem
{
    void BindToHandler(nint bindContext, in Guid handler, in Guid interfaceId, out nint instance);

    void GetParent(out IShellItem parent);

    [PreserveSig]
    int GetDisplayName(uint form, out string? name);

    [PreserveSig]
    int GetAttributes(uint mask, out uint attributes);

    void Compare(IShellItem other, uint hint, out int order);
}
