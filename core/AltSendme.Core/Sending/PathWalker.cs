using System.Text;
using AltSendme.Abstractions;
using AltSendme.Blobs.Stores.Partial;
using AltSendme.Core.Errors;
using AltSendme.Core.Progress;
using AltSendme.Core.Receiving;

namespace AltSendme.Core.Sending;

/// <summary>
/// Turns the paths that a user named into files with the names that a receiver will see. A folder gives its files, named from the folder's own name down, in a fixed order; like iroh's tools it
/// leaves empty folders and symbolic links inside folders out. A link that the user named is followed.
/// </summary>
internal sealed class PathWalker(IProgress<TransferEvent> progress)
{
    private readonly List<SourceFile> _files = [];
    private readonly TargetNames _topLevel = new(new NameRules(Windows: false, CaseSensitive: true));

    /// <exception cref="StorageException"><c>source.missing</c>, <c>source.unreadable</c> or <c>source.empty</c>.</exception>
    public IReadOnlyList<SourceFile> Walk(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        foreach (var path in paths)
        {
            try
            {
                Add(path, cancellationToken);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new StorageException(ErrorCodes.SourceUnreadable, $"{path} can't be read: {exception.Message}", exception);
            }
        }

        return _files.Count > 0
            ? _files
            : throw new StorageException(ErrorCodes.SourceEmpty, $"There is no file in {string.Join(", ", paths)}, so there is nothing to send.");
    }

    private void Add(string path, CancellationToken cancellationToken)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var folder = new DirectoryInfo(full);
        if (folder.Exists)
        {
            AddFolder(folder, TopLevelName(full), cancellationToken);
            return;
        }

        var file = new FileInfo(full);
        if (!file.Exists)
            throw new StorageException(ErrorCodes.SourceMissing, $"{path} does not exist.");
        if (!IsRegular(file))
            throw new StorageException(ErrorCodes.SourceUnreadable, $"{path} is not a regular file; pipe it in with '-' instead.");
        var target = file.LinkTarget is null ? file : (FileInfo)(file.ResolveLinkTarget(returnFinalTarget: true) ?? file);
        _files.Add(new SourceFile(target.FullName, TopLevelName(full), target.Length));
    }

    private void AddFolder(DirectoryInfo folder, string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var entries = folder.GetFileSystemInfos();
        Array.Sort(entries, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        foreach (var entry in entries)
        {
            if (entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
                Skip(entry, "it is a symbolic link");
            else if (entry.Name.Contains('\uFFFD', StringComparison.Ordinal) && !entry.Exists)
                throw new StorageException(ErrorCodes.SourceUnreadable, $"The name {entry.Name} in {folder.FullName} is not valid Unicode. Rename it, then send again.");
            else if (entry is DirectoryInfo inner)
                AddInner(inner, name, cancellationToken);
            else if (entry is FileInfo file && IsRegular(file))
                _files.Add(new SourceFile(file.FullName, $"{name}/{file.Name}", file.Length));
            else
                Skip(entry, "it is not a regular file");
        }
    }

    private void AddInner(DirectoryInfo folder, string parentName, CancellationToken cancellationToken)
    {
        if (PartialStore.IsFolderName(folder.Name))
            Skip(folder, "it holds a download that is not finished");
        else
            AddFolder(folder, $"{parentName}/{folder.Name}", cancellationToken);
    }

    private string TopLevelName(string fullPath)
    {
        var name = Path.GetFileName(fullPath);
        return _topLevel.Add(name.Length > 0 ? name.Normalize(NormalizationForm.FormC) : "files");
    }

    private void Skip(FileSystemInfo entry, string reason) => progress.Report(new SourceSkipped(entry.FullName, reason));

    // Pipes, sockets and devices report no attribute of their own on Unix; their mode does.
    private static bool IsRegular(FileInfo file) => OperatingSystem.IsWindows() || UnixFileKind.IsRegular(file.FullName);
}
