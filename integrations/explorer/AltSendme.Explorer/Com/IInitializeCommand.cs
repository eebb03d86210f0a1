using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace AltSendme.Explorer.Com;

/// <summary>Is told the verb's name (shobjidl_core.idl).</summary>
[GeneratedComInterface(StringMarshalling = StringMarshalling.Utf16)]
[Guid("85075ACF-231F-40EA-9610-D26B7B58F638")]
internal partial interface IInitializeCommand
{
    void Initialize(string? verb, nint properties);
}
