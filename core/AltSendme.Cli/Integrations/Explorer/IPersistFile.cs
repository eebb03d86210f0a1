using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace AltSendme.Cli.Integrations.Explorer;

/// <summary>What can be written to a file (objidl.idl).</summary>
[GeneratedComInterface(StringMarshalling = StringMarshalling.Utf16, Options = ComInterfaceOptions.ComObjectWrapper)]
[Guid("0000010B-0000-0000-C000-000000000046")]
internal partial interface IPersistFile
{
    void GetClassID(out Guid classId);

    [PreserveSig]
    int IsDirty();

    void Load(string path, uint mode);

    void Save(string path, [MarshalAs(UnmanagedType.Bool)] bool remember);

    void SaveCompleted(string path);

    void GetCurFile(out nint path);
}
