namespace AltSendme.Blobs.Stores.Partial;

/// <summary>What lies at a path, a link not followed.</summary>
internal enum EntryKind
{
    Nothing,
    File,
    Folder,

    /// <summary>A symbolic link, or any other reparse point of Windows.</summary>
    Link,
}
