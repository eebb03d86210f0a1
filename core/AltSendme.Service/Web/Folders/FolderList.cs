using System.Runtime.InteropServices;
using AltSendme.Abstractions;
using AltSendme.Core.Errors;
using AltSendme.Core.Receiving;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Receives;

namespace AltSendme.Service.Web.Folders;

/// <summary>Shows a window the folders that this user can see, a bounded number at a time.</summary>
internal static partial class FolderList
{
    /// <summary>Folders, and files, that are listed.</summary>
    public const int MaxEntries = 2000;

    /// <summary>Entries that are looked at for them.</summary>
    private const int MaxSeen = 20_000;

    // access(2): W_OK and X_OK.
    private const int WriteAndEnter = 2 | 1;

    /// <exception cref="AltSendmeException">The path can't be used, or the folder can't be read.</exception>
    public static FolderView Read(string path, bool withFiles, bool withHidden)
    {
        var folder = new DirectoryInfo(Checked(path));
        try
        {
            var options = new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = withHidden ? 0 : FileAttributes.Hidden | FileAttributes.System };
            var seen = folder.EnumerateFileSystemInfos("*", options).Where(entry => withHidden || !entry.Name.StartsWith('.')).Take(MaxSeen).ToArray();
            var folders = seen.OfType<DirectoryInfo>().OrderBy(static entry => entry.Name, StringComparer.CurrentCultureIgnoreCase).ToArray();
            var files = withFiles ? seen.OfType<FileInfo>().OrderBy(static entry => entry.Name, StringComparer.CurrentCultureIgnoreCase).ToArray() : [];
            return new FolderView(
                folder.FullName,
                folder.Parent?.FullName,
                CanWrite(folder.FullName),
                FreeSpace.At(folder.FullName),
                folders.Length > MaxEntries || files.Length > MaxEntries || seen.Length == MaxSeen,
                [.. folders.Take(MaxEntries).Select(static entry => new FolderEntry(entry.Name, entry.FullName, null))],
                [.. files.Take(MaxEntries).Select(static entry => new FolderEntry(entry.Name, entry.FullName, Length(entry)))],
                Places());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(ErrorCodes.SourceUnreadable, $"{folder.FullName} can't be shown: {exception.Message}", exception);
        }
    }

    /// <summary>Makes a folder.</summary>
    /// <exception cref="AltSendmeException">The name can't be used, or the folder can't be made.</exception>
    public static FolderEntry Make(FolderOrder order)
    {
        var parent = Checked(order.Parent);
        if (order.Name.Length is 0 or > NameRules.MaxNameBytes || order.Name is "." or ".." || order.Name.Trim() != order.Name || NameSanitizer.Clean(order.Name, NameRules.Of(parent)) != order.Name)
            throw new ServiceException(ServiceCodes.BadRequest, "That can't be the name of a folder.");
        var path = Path.Combine(parent, order.Name);
        try
        {
            if (!Directory.Exists(parent))
                throw new DirectoryNotFoundException($"{parent} is not there.");
            if (Path.Exists(path))
                throw new ServiceException(ServiceCodes.Conflict, $"{path} is there already.");
            Directory.CreateDirectory(path);
            return new FolderEntry(order.Name, path, null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(ErrorCodes.DestinationUnwritable, $"{path} can't be made: {exception.Message}", exception);
        }
    }

    /// <summary>A path as it may be used: absolute.</summary>
    /// <exception cref="ServiceException">It is not.</exception>
    public static string Checked(string path) =>
        path.Length is > 0 and <= ShareOrder.MaxPathLength && !path.Contains('\0', StringComparison.Ordinal) && Path.IsPathFullyQualified(path)
            ? Path.GetFullPath(path) : throw new ServiceException(ServiceCodes.BadRequest, "The path is not absolute, or not a path at all.");

    /// <summary>A folder, or the nearest above it that is there.</summary>
    public static string Nearest(string folder)
    {
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } parent)
            folder = parent;
        return folder;
    }

    private static List<PlaceView> Places()
    {
        var places = new List<PlaceView>();
        void Add(string kind, string path)
        {
            if (path.Length > 0 && Directory.Exists(path) && places.All(place => place.Path != path))
                places.Add(new PlaceView(kind, Path.GetFileName(path) is { Length: > 0 } name ? name : path, path));
        }

        Add("home", Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));
        Add("downloads", DownloadFolder.Find());
        Add("desktop", Environment.GetFolderPath(Environment.SpecialFolder.DesktopDirectory));
        Add("documents", Environment.GetFolderPath(Environment.SpecialFolder.MyDocuments));
        foreach (var drive in Drives())
            Add("drive", drive);
        return places;
    }

    // On Linux everything is mounted somewhere; what people plug in is under these.
    private static IEnumerable<string> Drives()
    {
        if (OperatingSystem.IsWindows())
            return [.. Environment.GetLogicalDrives()];
        var user = Environment.UserName;
        string[] roots = OperatingSystem.IsMacOS() ? ["/Volumes"] : [$"/media/{user}", $"/run/media/{user}", "/mnt"];
        return ["/", .. roots.Where(Directory.Exists).SelectMany(static root => Directory.EnumerateDirectories(root, "*", new EnumerationOptions { IgnoreInaccessible = true }).Take(MaxEntries))];
    }

    // Windows' rights are known only by trying.
    private static bool CanWrite(string folder) => OperatingSystem.IsWindows() || Access(folder, WriteAndEnter) == 0;

    private static long? Length(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (IOException)
        {
            // A link that leads nowhere.
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);
}
