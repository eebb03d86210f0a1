using System.Text;
using Microsoft.Win32.SafeHandles;

namespace AltSendme.Blobs.Stores.Partial;

/// <summary>
/// The folder of a partial store, held by one process at a time: <c>format</c> says whose it is, <c>lock</c> is held, <c>meta</c> has verified small blobs by hash, <c>data</c> the files under
/// their names, <c>trees</c> an outboard and a bitmap for each large file.
/// </summary>
internal sealed class StoreFolder : IDisposable
{
    private const string LockName = "lock";
    private const string FormatName = "format";
    private const string NewFormatName = "format.new";
    private const string DataName = "data";
    private const string TreesName = "trees";
    private const string Magic = "altsendme partial download";

    // A held lock: ERROR_SHARING_VIOLATION, and EWOULDBLOCK of Linux and of macOS.
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LinuxWouldBlock = 11;
    private const int DarwinWouldBlock = 35;

    private readonly SafeFileHandle _lock;

    private StoreFolder(string path, SafeFileHandle held, bool isResumed)
    {
        Path = path;
        _lock = held;
        IsResumed = isResumed;
    }

    public string Path { get; }

    /// <summary>Whether an earlier run may have left something.</summary>
    public bool IsResumed { get; }

    public string Data => System.IO.Path.Combine(Path, DataName);

    public string Trees => System.IO.Path.Combine(Path, TreesName);

    /// <summary>Opens or makes the folder and takes its lock.</summary>
    public static StoreFolder Open(string path, in Hash root)
    {
        var existed = Entry.IsFolder(path);
        if (!existed)
            Make(path);
        else
            RefuseForeign(path);

        var held = Lock(path);
        try
        {
            var folder = new StoreFolder(path, held, existed);
            folder.CheckFormat(root);
            foreach (var part in (ReadOnlySpan<string>)[folder.Data, folder.Trees])
            {
                if (!Entry.IsFolder(part))
                    Directory.CreateDirectory(part);
            }

            return folder;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Lets go of the lock; what is in the folder stays.</summary>
    public void Dispose() => _lock.Dispose();

    /// <summary>Deletes what the store made, the lock last, so that a half deleted store is still known as one. Links are deleted, not followed; what somebody else put into the folder stays.</summary>
    public void Delete()
    {
        foreach (var part in (ReadOnlySpan<string>)[Data, Trees])
        {
            if (Entry.KindOf(part) == EntryKind.Folder)
                Directory.Delete(part, recursive: true);
        }

        File.Delete(In(NewFormatName));
        File.Delete(In(FormatName));
        _lock.Dispose();
        File.Delete(In(LockName));
        if (!Directory.EnumerateFileSystemEntries(Path).Any())
            Directory.Delete(Path);
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);

    // Only its owner may enter, so that nobody else can put links into it.
    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static void RefuseForeign(string path)
    {
        if (Entry.IsFile(System.IO.Path.Combine(path, FormatName)))
            return;
        foreach (var entry in Directory.EnumerateFileSystemEntries(path))
        {
            if (System.IO.Path.GetFileName(entry) is not (LockName or NewFormatName))
                throw new PartialStoreException($"{path} is not a partial download, though it has the name of one. Move it away, then try again.");
        }
    }

    private static SafeFileHandle Lock(string path)
    {
        var file = System.IO.Path.Combine(path, LockName);
        Entry.IsFile(file);
        try
        {
            return File.OpenHandle(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception.HResult is SharingViolation or LinuxWouldBlock or DarwinWouldBlock)
        {
            throw new PartialStoreBusyException(path, exception);
        }
    }

    private void CheckFormat(in Hash root)
    {
        var expected = Encoding.ASCII.GetBytes($"{Magic}, version 1\nroot {root}\n");
        var path = In(FormatName);
        if (!Entry.IsFile(path))
        {
            Write(path, expected);
            return;
        }

        // One byte more than expected is enough to see that it is another file.
        var found = new byte[expected.Length + 1];
        using var format = File.OpenHandle(path);
        if (RandomAccess.Read(format, found, 0) != expected.Length || !found.AsSpan(0, expected.Length).SequenceEqual(expected))
            throw new PartialStoreException($"{Path} belongs to another share or another version of this program, or {FormatName} in it is damaged. Remove the folder to start again, or choose another destination.");
    }

    // The one file that is flushed: a folder whose format was lost with the power would be refused.
    private void Write(string path, byte[] content)
    {
        var unfinished = In(NewFormatName);
        Entry.IsFile(unfinished);
        using (var file = File.OpenHandle(unfinished, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(file, content, 0);
            RandomAccess.FlushToDisk(file);
        }

        File.Move(unfinished, path);
    }
}
