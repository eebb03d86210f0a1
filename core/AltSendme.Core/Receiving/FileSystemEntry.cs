namespace AltSendme.Core.Receiving;

/// <summary>Questions about a path that do not follow the link it may be.</summary>
internal static class FileSystemEntry
{
    /// <summary>Whether anything has this name: a file, a folder, or a link, dangling or not.</summary>
    public static bool Exists(string path) => TryGetAttributes(path, out _);

    /// <summary>Whether the path is a symbolic link or, on Windows, any other reparse point.</summary>
    public static bool IsLink(string path) => TryGetAttributes(path, out var attributes) && attributes.HasFlag(FileAttributes.ReparsePoint);

    /// <summary>Whether the path is a real folder, not a link to one.</summary>
    public static bool IsFolder(string path) =>
        TryGetAttributes(path, out var attributes) && attributes.HasFlag(FileAttributes.Directory) && !attributes.HasFlag(FileAttributes.ReparsePoint);

    private static bool TryGetAttributes(string path, out FileAttributes attributes)
    {
        try
        {
            attributes = File.GetAttributes(path);
            return true;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            attributes = default;
            return false;
        }
    }
}
