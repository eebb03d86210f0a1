using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace AltSendme.Cli.Integrations.Explorer;

/// <summary>A shortcut (IShellLinkW of shobjidl_core.idl). What is only read is not spelled out: it stands for its place in the table.</summary>
[GeneratedComInterface(StringMarshalling = StringMarshalling.Utf16, Options = ComInterfaceOptions.ComObjectWrapper)]
[Guid("000214F9-0000-0000-C000-000000000046")]
internal partial interface IShellLink
{
    void GetPath(nint text, int length, nint found, uint flags);

    void GetIDList(out nint list);

    void SetIDList(nint list);

    void GetDescription(nint text, int length);

    void SetDescription(string text);

    void GetWorkingDirectory(nint text, int length);

    void SetWorkingDirectory(string folder);

    void GetArguments(nint text, int length);

    void SetArguments(string arguments);

    void GetHotkey(out ushort key);

    void SetHotkey(ushort key);

    void GetShowCmd(out int show);

    void SetShowCmd(int show);

    void GetIconLocation(nint text, int length, out int index);

    void SetIconLocation(string path, int index);

    void SetRelativePath(string path, uint reserved);

    void Resolve(nint window, uint flags);

    void SetPath(string path);
}
