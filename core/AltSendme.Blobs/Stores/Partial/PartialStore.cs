using AltSendme.Blobs.Blake3;

namespace AltSendme.Blobs.Stores.Partial;

/// <summary>
/// What has been received of a share so far, in the folder <c>.altsendme-&lt;first digits of the root&gt;.part</c> at the destination, where the finished files are moved into place without a copy.
/// A process may be killed at any moment: the next one takes the store over, proves everything that is there against the hashes, and asks for the rest. One process at a time.
/// Sinks of several files may be written by several threads; writes take turns, and complete synchronously since they go to the system's cache.
/// A disk that is full or broken shows as an <see cref="IOException"/> that names the file; what was verified before stays.
/// </summary>
public sealed class PartialStore : IDisposable
{
    private const string Prefix = ".altsendme-";
    private const string Suffix = ".part";
    private const int RootDigits = 16;

    /// <summary>Bytes of the largest file that is taken, 16 TiB: the marks of one take 128 MiB of memory, and a hostile sender can prove any size.</summary>
    private const long MaxFileSize = 1L << 44;

    private static readonly Hash EmptyHash = Subtree.ChainingValue([], 0, isRoot: true);

    private readonly StoreFolder _folder;
    private readonly int _degree = Environment.ProcessorCount;
    private readonly Action<StoreWrite>? _interrupt;
    private LargeFile? _written;
    private LargeFileWriter? _writer;
    private bool _isDisposed;

    private PartialStore(StoreFolder folder, in Hash root, Action<StoreWrite>? interrupt)
    {
        _folder = folder;
        _interrupt = interrupt;
        Root = root;
        Staging = new StagingTree(folder.Data);
    }

    /// <summary>The share's hash.</summary>
    public Hash Root { get; }

    /// <summary>The store's own folder.</summary>
    public string Folder => _folder.Path;

    /// <summary>The folder below which each file lies under its relative name; finished files are moved from here.</summary>
    public string StagingDirectory => _folder.Data;

    /// <summary>Whether the store was there before.</summary>
    public bool IsResumed => _folder.IsResumed;

    /// <summary>Guards what the sinks share: the staging tree, the open writer, the marks. Held for a write to the system's cache.</summary>
    internal Lock Gate { get; } = new();

    internal StagingTree Staging { get; }

    /// <summary>The name of a share's folder at the destination.</summary>
    public static string FolderNameOf(in Hash root) => $"{Prefix}{root.ToString()[..RootDigits]}{Suffix}";

    /// <summary>Whether a folder of this name is, or passes for, a partial store.</summary>
    public static bool IsFolderName(ReadOnlySpan<char> name) =>
        name.Length == Prefix.Length + RootDigits + Suffix.Length && name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal);

    /// <summary>Opens the store of a share at a destination, or makes it.</summary>
    /// <exception cref="PartialStoreBusyException">Another process has it open.</exception>
    /// <exception cref="PartialStoreException">Something else has its name.</exception>
    /// <exception cref="IOException">The destination can't be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">The destination may not be written to.</exception>
    public static PartialStore Open(string destinationDirectory, in Hash root) => Open(destinationDirectory, root, interrupt: null);

    /// <param name="destinationDirectory">Where the finished files go.</param>
    /// <param name="root">The share.</param>
    /// <param name="interrupt">Called before each write; a test throws from it where the process is to die.</param>
    internal static PartialStore Open(string destinationDirectory, in Hash root, Action<StoreWrite>? interrupt) =>
        new(StoreFolder.Open(Path.Combine(Path.GetFullPath(destinationDirectory), FolderNameOf(root)), root), root, interrupt);

    /// <summary>Adds a file and proves what an earlier run left of it. Empty files are complete at once. Not for several callers at once.</summary>
    /// <param name="relativePath">A sanitised name with <c>/</c> between folders; the same in each run.</param>
    /// <param name="hash">The file's hash.</param>
    /// <param name="size">Its size, which has been proved.</param>
    /// <param name="cancellationToken">Stops the proof of a large file.</param>
    /// <exception cref="PartialStoreException">The name leads out of the store, or through a link, or the size is beyond reason.</exception>
    /// <exception cref="ArgumentException">The name was added before, or an empty file has the hash of another one.</exception>
    public async ValueTask<PartialFile> AddFileAsync(string relativePath, Hash hash, long size, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(relativePath);
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ThrowIfDisposed();
        if (size > MaxFileSize)
            throw new PartialStoreException($"'{relativePath}' is said to have {size} bytes; at most {MaxFileSize} are taken.");
        if (size == 0 && hash != EmptyHash)
            throw new ArgumentException($"{hash.ToShortString()} is not the hash of an empty file.", nameof(hash));
        lock (Gate)
            Staging.Claim(relativePath);
        if (size > SmallFile.MaxSize)
        {
            var large = new LargeFile(this, relativePath, hash, size);
            if (IsResumed)
                await large.RecoverAsync(_degree, cancellationToken);
            return large;
        }

        var small = new SmallFile(this, relativePath, hash, size);
        if (IsResumed)
            small.Recover();
        if (size == 0 && !small.IsComplete)
            small.Write([]);
        return small;
    }

    /// <summary>
    /// Leaves only added files in <see cref="StagingDirectory"/>. To be called before everything in it is moved into place: an earlier run that called files by other names, or left some out, may have left
    /// files there that nothing has proved.
    /// </summary>
    public void RemoveUnclaimed()
    {
        ThrowIfDisposed();
        lock (Gate)
            Staging.RemoveUnclaimed();
    }

    /// <summary>Deletes the store with everything in it, following no link, and closes it.</summary>
    public void Discard()
    {
        ThrowIfDisposed();
        Dispose();
        _folder.Delete();
    }

    /// <summary>Closes the store; what was received stays for the next run.</summary>
    public void Dispose()
    {
        lock (Gate)
        {
            _isDisposed = true;
            CloseWriter();
        }

        _folder.Dispose();
    }

    internal string PathOf(string relativePath) => Path.Combine(_folder.Data, relativePath);

    internal string TreePathOf(string name) => Path.Combine(_folder.Trees, name);

    internal void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_isDisposed, this);

    internal void BeforeWrite(StoreWrite write) => _interrupt?.Invoke(write);

    /// <summary>The open writer of a large file. One file is open at a time; another one's is closed. Under the gate.</summary>
    internal LargeFileWriter WriterOf(LargeFile file)
    {
        ThrowIfDisposed();
        if (_writer is not null && ReferenceEquals(_written, file))
            return _writer;
        CloseWriter();
        _writer = file.OpenWriter();
        _written = file;
        return _writer;
    }

    /// <summary>Closes the writer if it is this file's. Under the gate.</summary>
    internal void CloseWriter(LargeFile file)
    {
        if (ReferenceEquals(_written, file))
            CloseWriter();
    }

    private void CloseWriter()
    {
        _writer?.Dispose();
        _writer = null;
        _written = null;
    }
}
