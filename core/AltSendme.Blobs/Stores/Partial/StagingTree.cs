using Microsoft.Win32.SafeHandles;

namespace AltSendme.Blobs.Stores.Partial;

/// <summary>
/// The files that are received, under their final relative names. Each folder on the way to a file is looked at once before it is used. Owned by one store, which guards it.
/// </summary>
internal sealed class StagingTree(string root)
{
    private readonly HashSet<string> _paths = new(OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal) { "" };

    /// <summary>Turns a relative name into a full path.</summary>
    /// <exception cref="PartialStoreException">The name leads out of the tree or has a part that no file can have.</exception>
    /// <exception cref="ArgumentException">The name was given before.</exception>
    public string Claim(string relativePath)
    {
        foreach (var part in relativePath.AsSpan().Split('/'))
        {
            if (!IsName(relativePath.AsSpan(part)))
                throw new PartialStoreException($"'{relativePath}' is not a relative file name; nothing is written for it.");
        }

        return _paths.Add(relativePath) ? Path.Combine(root, relativePath) : throw new ArgumentException($"'{relativePath}' is in the store already.", nameof(relativePath));
    }

    /// <summary>Whether an earlier run left a file at a claimed name.</summary>
    /// <exception cref="PartialStoreException">Something else is there, or on the way to it.</exception>
    public bool Has(string relativePath) => HasFolder(FolderOf(relativePath)) && Entry.IsFile(Path.Combine(root, relativePath));

    /// <summary>Makes a new file at a claimed name, and the folders on the way. What an earlier run left there is deleted.</summary>
    /// <exception cref="PartialStoreException">Something other than a file is there, or on the way to it.</exception>
    public SafeFileHandle Create(string relativePath, bool mayExist)
    {
        MakeFolder(FolderOf(relativePath));
        var path = Path.Combine(root, relativePath);
        if (mayExist && Entry.IsFile(path))
            File.Delete(path);

        // A new file is made or none: this mode follows no link, not even a dangling one.
        return File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
    }

    /// <summary>Opens the file at a claimed name to write into it, or makes it.</summary>
    /// <exception cref="PartialStoreException">Something else is there, or on the way to it.</exception>
    public SafeFileHandle OpenOrCreate(string relativePath)
    {
        MakeFolder(FolderOf(relativePath));
        var path = Path.Combine(root, relativePath);
        return File.OpenHandle(path, Entry.IsFile(path) ? FileMode.Open : FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
    }

    /// <summary>Deletes what lies in the tree without having been claimed: left by a run that named its files otherwise, or put there by somebody. Links are deleted, not followed.</summary>
    public void RemoveUnclaimed()
    {
        // A file system may give a name back in another normal form than it was given.
        var paths = new HashSet<string>(_paths.Count, _paths.Comparer);
        var folders = new HashSet<string>(_paths.Comparer) { "" };
        foreach (var path in _paths)
        {
            var normal = path.Normalize();
            paths.Add(normal);
            for (var folder = FolderOf(normal); folders.Add(folder);)
                folder = FolderOf(folder);
        }

        Sweep(new DirectoryInfo(root), "", paths, folders);
    }

    private static void Sweep(DirectoryInfo folder, string prefix, HashSet<string> paths, HashSet<string> folders)
    {
        foreach (var entry in folder.GetFileSystemInfos())
        {
            var path = (prefix + entry.Name).Normalize();
            if (entry is DirectoryInfo inner && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
            {
                if (folders.Contains(path))
                    Sweep(inner, $"{path}/", paths, folders);
                else
                    inner.Delete(recursive: true);
            }
            else if (entry.Attributes.HasFlag(FileAttributes.ReparsePoint) || !paths.Contains(path))
            {
                entry.Delete();
            }
        }
    }

    private static bool IsName(ReadOnlySpan<char> part) =>
        part is not ("" or "." or "..") && !part.Contains('\0') && (!OperatingSystem.IsWindows() || part.IndexOfAny('\\', ':') < 0);

    private static string FolderOf(string relativePath)
    {
        var end = relativePath.LastIndexOf('/');
        return end < 0 ? "" : relativePath[..end];
    }

    private bool HasFolder(string relativePath)
    {
        if (_folders.Contains(relativePath))
            return true;
        if (!HasFolder(FolderOf(relativePath)) || !Entry.IsFolder(Path.Combine(root, relativePath)))
            return false;
        _folders.Add(relativePath);
        return true;
    }

    private void MakeFolder(string relativePath)
    {
        if (HasFolder(relativePath))
            return;
        MakeFolder(FolderOf(relativePath));
        Directory.CreateDirectory(Path.Combine(root, relativePath));
        _folders.Add(relativePath);
    }
}
