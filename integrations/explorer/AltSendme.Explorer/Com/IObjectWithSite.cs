using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace AltSendme.Explorer.Com;

/// <summary>Is told in which window it is (ocidl.idl). Explorer asks for it; nothing here needs the window.</summary>
[GeneratedComInterface]
[Guid("FC4801A3-2BA9-11CF-A229-00AA003D7352")]
internal partial interface IObjectWithSite
{
    void SetSite(nint site);

    [PreserveSig]
    int GetSite(in Guid interfaceId, out nint site);
}
