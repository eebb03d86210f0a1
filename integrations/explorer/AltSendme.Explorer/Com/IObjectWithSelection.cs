using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace AltSendme.Explorer.Com;

/// <summary>Is told what a verb is for, before <see cref="IExecuteCommand.Execute"/> (shobjidl_core.idl).</summary>
[GeneratedComInterface]
[Guid("1C9CD5BB-98E9-4491-A60F-31AACC72B83C")]
internal partial interface IObjectWithSelection
{
    void SetSelection(IShellItemArray? items);

    [PreserveSig]
    int GetSelection(in Guid interfaceId, out nint items);
}
