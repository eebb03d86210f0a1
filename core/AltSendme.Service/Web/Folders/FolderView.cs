namespace AltSendme.Service.Web.Folders;

/// <summary>What is in a folder.</summary>
/// <param name="Path">Which.</param>
/// <param name="Parent">The folder above; <see langword="null"/> at the top.</param>
/// <param name="CanWrite">Whether files can be received into it, as far as the system says before it is tried.</param>
/// <param name="FreeBytes">Free bytes there, where the file system tells.</param>
/// <param name="IsCut">Whether there is more than is listed.</param>
/// <param name="Folders">The folders in it, by name.</param>
/// <param name="Files">The files in it, by name; empty where they were not asked for.</param>
/// <param name="Places">Where else to look.</param>
internal sealed record FolderView(string Path, string? Parent, bool CanWrite, long? FreeBytes, bool IsCut, IReadOnlyList<FolderEntry> Folders, IReadOnlyList<FolderEntry> Files, IReadOnlyList<PlaceView> Places);

/// <summary>Something in a folder.</summary>
/// <param name="Name">Its name: to be shown as text.</param>
/// <param name="Path">Its path.</param>
/// <param name="Bytes">Size of a file.</param>
internal sealed record FolderEntry(string Name, string Path, long? Bytes);

/// <summary>A place that people know.</summary>
/// <param name="Kind"><c>home</c>, <c>desktop</c>, <c>documents</c>, <c>downloads</c> or <c>drive</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Path">Its path.</param>
internal sealed record PlaceView(string Kind, string Name, string Path);

/// <summary>A folder to be made.</summary>
internal sealed record FolderOrder
{
    /// <summary>The folder that it shall be in, absolute.</summary>
    public string Parent { get; init => field = value ?? ""; } = "";

    /// <summary>Its name, of one part.</summary>
    public string Name { get; init => field = value ?? ""; } = "";
}

/// <summary>Room in a folder.</summary>
/// <param name="Path">Which.</param>
/// <param name="FreeBytes">Free bytes there, where the file system tells.</param>
internal sealed record SpaceView(string Path, long? FreeBytes);
