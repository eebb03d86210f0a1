using System.Runtime.InteropServices.Marshalling;
using AltSendme.Explorer.Com;

namespace AltSendme.Explorer.Tests;

/// <summary>One item of a selection.</summary>
[GeneratedComClass]
internal sealed partial class ChosenItem(string? path, string name) : IShellItem
{
    private const uint FileSystemPath = 0x80058000;
    private const int InvalidArgument = unchecked((int)0x80070057);

    public void BindToHandler(nint bindContext, in Guid handler, in Guid interfaceId, out nint instance) => throw new NotImplementedException();

    public void GetParent(out IShellItem parent) => throw new NotImplementedException();

    public int GetDisplayName(uint form, out string? text)
    {
        text = form == FileSystemPath ? path : name;
        return text is null ? InvalidArgument : HResults.Ok;
    }

    public int GetAttributes(uint mask, out uint attributes)
    {
        attributes = 0;
        return HResults.Ok;
    }

    public void Compare(IShellItem other, uint hint, out int order) => throw new NotImplementedException();
}
