using System.Runtime.InteropServices.Marshalling;
using AltSendme.Explorer.Com;

namespace AltSendme.Explorer.Tests;

/// <summary>A selection as Explorer would hand it over: paths, and names of what has none.</summary>
[GeneratedComClass]
internal sealed partial class ChosenItems(string[] paths, params string[] withoutPath) : IShellItemArray
{
    public void BindToHandler(nint bindContext, in Guid handler, in Guid interfaceId, out nint instance) => throw new NotImplementedException();

    public void GetPropertyStore(int flags, in Guid interfaceId, out nint store) => throw new NotImplementedException();

    public void GetPropertyDescriptionList(nint keyType, in Guid interfaceId, out nint list) => throw new NotImplementedException();

    public int GetAttributes(int combination, uint mask, out uint attributes)
    {
        attributes = 0;
        return HResults.Ok;
    }

    public void GetCount(out uint count) => count = (uint)(paths.Length + withoutPath.Length);

    public void GetItemAt(uint index, out IShellItem item) => item = index < paths.Length ? new ChosenItem(paths[index], paths[index]) : new ChosenItem(null, withoutPath[index - paths.Length]);

    public void EnumItems(out nint items) => throw new NotImplementedException();
}
