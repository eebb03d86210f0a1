namespace AltSendme.Blobs.Stores.Partial;

/// <summary>Looks before it opens or makes anything, so that nothing is read or written through a link that somebody put into the store.</summary>
internal static class Entry
{
    private const FileAttributes Missing = (FileAttributes)(-1);

    public static EntryKind KindOf(string path)
    {
        var attributes = new FileInfo(path).Attributes;
        return attributes == Missing ? EntryKind.Nothing
            : attributes.HasFlag(FileAttributes.ReparsePoint) ? EntryKind.Link
            : attributes.HasFlag(FileAttributes.Directory) ? EntryKind.Folder
            : EntryKind.File;
    }

    /// <summary>Whether there is a file.</summary>
    /// <exception cref="PartialStoreException">There is something else.</exception>
    public static bool IsFile(string path) => KindOf(path) switch
    {
        EntryKind.File => true,
        EntryKind.Nothing => false,
        var kind => throw Refuse(path, kind, "a file"),
    };

    /// <summary>Whether there is a folder.</summary>
    /// <exception cref="PartialStoreException">There is something else.</exception>
    public static bool IsFolder(string path) => KindOf(path) switch
    {
        EntryKind.Folder => true,
        EntryKind.Nothing => false,
        var kind => throw Refuse(path, kind, "a folder"),
    };

    private static PartialStoreException Refuse(string path, EntryKind found, string expected)
    {
        var kind = found switch { EntryKind.Link => "a link", EntryKind.Folder => "a folder", _ => "a file" };
        return new PartialStoreException($"{path} is {kind} where {expected} is expected. Remove it, then try again.");
    }
}
