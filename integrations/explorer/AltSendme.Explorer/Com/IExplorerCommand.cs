using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace AltSendme.Explorer.Com;

/// <summary>An entry of Explorer's menu, as the top level of Windows 11 wants it (shobjidl_core.idl).</summary>
[GeneratedComInterface(StringMarshalling = StringMarshalling.Utf16)]
[Guid("A08CE4D0-FA25-44AB-B57C-C7B1C323E0B9")]
internal partial interface IExplorerCommand
{
    void GetTitle(IShellItemArray? items, out string title);

    void GetIcon(IShellItemArray? items, out string icon);

    void GetToolTip(IShellItemArray? items, out string? tip);

    void GetCanonicalName(out Guid name);

    void GetState(IShellItemArray? items, [MarshalAs(UnmanagedType.Bool)] bool mayBeSlow, out uint state);

    void Invoke(IShellItemArray? items, nint bindContext);

    void GetFlags(out uint flags);

    void EnumSubCommands(out nint commands);
}
