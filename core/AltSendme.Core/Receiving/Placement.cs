using AltSendme.Abstractions;
using AltSendme.Core.Errors;

namespace AltSendme.Core.Receiving;

/// <summary>
/// Moves a finished tree of files into the destination. Nothing is copied, since both are on one drive; nothing is written through a symbolic link; nothing is replaced unless the rule says so.
/// </summary>
internal static class Placement
{
    /// <summary>Moves everything at the top level of <paramref name="staging"/> into <paramref name="destination"/>.</summary>
    /// <returns>The absolute paths of what was moved, top level only.</returns>
    /// <exception cref="StorageException"><c>store.link</c>, <c>store.not-a-folder</c> or <c>store.unwritable</c>; what was not moved stays where it was.</exception>
    public static IReadOnlyList<string> MoveAll(string staging, string destination, ConflictRule rule)
    {
        var placed = new List<string>();
        var entries = new DirectoryInfo(staging).GetFileSystemInfos();
        Array.Sort(entries, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        foreach (var entry in entries)
        {
            try
            {
                placed.Add(rule == ConflictRule.Rename ? MoveRenaming(entry, destination) : Merge(entry, destination, rule));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new StorageException(ErrorCodes.DestinationUnwritable, $"{entry.Name} was received, but could not be moved into {destination}: {exception.Message} It waits in {staging}; run the same command again once this is solved.", exception);
            }
        }

        return placed;
    }

    /// <summary>Whether a file with this relative path is at the destination already, without going through a link.</summary>
    public static bool IsTaken(string destination, string relativePath) => FileSystemEntry.Exists(Path.Combine(destination, relativePath));

    private static string MoveRenaming(FileSystemInfo entry, string destination)
    {
        const int Tries = 100;
        for (var i = 0; ; i++)
        {
            var target = Path.Combine(destination, ConflictNaming.Free(destination, entry.Name));
            try
            {
                if (entry is DirectoryInfo)
                    Directory.Move(entry.FullName, target);
                else
                    File.Move(entry.FullName, target, overwrite: false);
                return target;
            }
            catch (IOException) when (i < Tries && FileSystemEntry.Exists(target))
            {
                // Somebody took the name in between; the next free one will do.
            }
        }
    }

    private static string Merge(FileSystemInfo entry, string destination, ConflictRule rule)
    {
        var target = Path.Combine(destination, entry.Name);
        if (entry is DirectoryInfo folder)
            MergeFolder(folder, target, rule);
        else
            PlaceFile(entry.FullName, target, rule);
        return target;
    }

    private static void MergeFolder(DirectoryInfo folder, string target, ConflictRule rule)
    {
        if (FileSystemEntry.IsLink(target))
            throw new StorageException(ErrorCodes.DestinationLink, $"{target} is a symbolic link, and nothing is received through one. Remove it, or receive into another folder. What arrived waits in {folder.FullName}.");
        if (!FileSystemEntry.Exists(target))
        {
            Directory.Move(folder.FullName, target);
            return;
        }

        if (!FileSystemEntry.IsFolder(target))
            throw new StorageException(ErrorCodes.DestinationNotFolder, $"{target} is a file, and a folder of that name was received. Move it away, or use --rename. What arrived waits in {folder.FullName}.");
        foreach (var inner in folder.GetFileSystemInfos())
            Merge(inner, target, rule);
        folder.Delete();
    }

    private static void PlaceFile(string source, string target, ConflictRule rule)
    {
        if (FileSystemEntry.IsFolder(target))
            throw new StorageException(ErrorCodes.DestinationNotFolder, $"{target} is a folder, and a file of that name was received. Move it away, or use --rename. What arrived waits in {source}.");
        if (rule == ConflictRule.Skip && FileSystemEntry.Exists(target))
        {
            // It appeared after the run began; what is there stays.
            File.Delete(source);
            return;
        }

        // Renaming replaces a link itself, never what it points to.
        File.Move(source, target, overwrite: rule == ConflictRule.Overwrite);
    }
}
