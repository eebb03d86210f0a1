namespace AltSendme.Explorer.Com;

/// <summary>What is selected.</summary>
/// <param name="Paths">Files and folders.</param>
/// <param name="WithoutPath">Names of items that have no path: what lies in an archive, on a phone, in the control panel.</param>
internal sealed record Selection(IReadOnlyList<string> Paths, IReadOnlyList<string> WithoutPath)
{
    private const uint FileSystemPath = 0x80058000;   // SIGDN_FILESYSPATH
    private const uint NormalDisplay = 0;             // SIGDN_NORMALDISPLAY

    /// <summary>Reads a selection; <see langword="null"/> is an empty one.</summary>
    public static Selection Of(IShellItemArray? items)
    {
        var count = 0u;
        items?.GetCount(out count);
        var paths = new List<string>();
        var others = new List<string>();
        for (var index = 0u; index < count; index++)
        {
            items!.GetItemAt(index, out var item);
            if (item.GetDisplayName(FileSystemPath, out var path) >= HResults.Ok && path is { Length: > 0 })
                paths.Add(path);
            else
                others.Add(item.GetDisplayName(NormalDisplay, out var name) >= HResults.Ok ? name ?? "?" : "?");
        }

        return new Selection(paths, others);
    }
}
