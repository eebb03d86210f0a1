using System.Buffers;
using AltSendme.Blobs.Bao;
using Microsoft.Win32.SafeHandles;

namespace AltSendme.Blobs.Stores;

/// <summary>
/// Divides files among workers. A worker takes the next file; one that fits its buffer it hashes alone, a larger one it opens and lays out for all, and pieces of opened files go before files
/// that are still to be opened. So the number of open files is at most the number of workers, and one large file keeps all of them busy.
/// </summary>
internal sealed class HashingRun(IReadOnlyList<string> paths, Action<long>? onHashed, CancellationToken cancellationToken) : IDisposable
{
    /// <summary>Bytes that a worker reads and hashes at a time: two blocks, so that a processor's second-level cache holds what was just read.</summary>
    internal const int PieceSize = PieceBlocks * Outboard.BlockSize;

    private const int PieceBlocks = 2;

    private readonly HashedFile[] _results = new HashedFile[paths.Count];

    // Guards the fields below. Workers wait on it while another one opens what may become a large file.
    private readonly object _gate = new();
    private readonly Queue<LargeFile> _large = new();
    private readonly HashSet<LargeFile> _unfinished = [];
    private int _nextPath;
    private int _opening;
    private bool _hasFailed;

    /// <summary>One a path, complete when all workers have ended without a fault.</summary>
    public IReadOnlyList<HashedFile> Results => _results;

    /// <summary>What each worker does until nothing is left.</summary>
    public void Work()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            while (TryTake(out var index, out var large, out var firstBlock))
            {
                if (large is null)
                    HashFile(index, buffer);
                else
                    HashPiece(large, firstBlock, buffer);
            }
        }
        catch
        {
            lock (_gate)
            {
                _hasFailed = true;
                Monitor.PulseAll(_gate);
            }
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Closes what a fault or a cancellation left open; call it when all workers have ended.</summary>
    public void Dispose()
    {
        foreach (var file in _unfinished)
            file.Handle.Dispose();
    }

    private bool TryTake(out int index, out LargeFile? large, out long firstBlock)
    {
        lock (_gate)
        {
            (index, large, firstBlock) = (-1, null, 0);
            while (!_hasFailed && !cancellationToken.IsCancellationRequested)
            {
                if (_large.TryPeek(out large))
                {
                    firstBlock = large.TakePiece();
                    if (large.IsAllTaken)
                        _large.Dequeue();
                    return true;
                }

                if (_nextPath < paths.Count)
                {
                    index = _nextPath++;
                    _opening++;
                    return true;
                }

                if (_opening == 0)
                    return false;
                Monitor.Wait(_gate);
            }

            return false;
        }
    }

    private void HashFile(int index, byte[] buffer)
    {
        var path = paths[index];
        var handle = Open(path);
        try
        {
            var identity = FileIdentity.Of(handle);
            if (identity.Size > PieceSize)
            {
                var large = new LargeFile(index, handle, identity);
                handle = null;
                EndOpening(large);
                return;
            }

            EndOpening(null);
            var content = buffer.AsSpan(0, (int)identity.Size);
            ReadExactly(handle, path, content, 0);
            var (root, outboard) = BlockHasher.Of(content);
            Complete(index, handle, identity, root, outboard);
            onHashed?.Invoke(content.Length);
        }
        finally
        {
            handle?.Dispose();
        }
    }

    private void HashPiece(LargeFile file, long firstBlock, byte[] buffer)
    {
        var offset = firstBlock * Outboard.BlockSize;
        var content = buffer.AsSpan(0, (int)Math.Min(PieceSize, file.Identity.Size - offset));
        ReadExactly(file.Handle, paths[file.Index], content, offset);
        var blocks = (int)Outboard.BlockCountOf(content.Length);
        BlockHasher.HashBlocks(content, firstBlock, file.Blocks.AsSpan((int)firstBlock, blocks));
        if (file.HasAll(blocks))
        {
            var (root, outboard) = BlockHasher.Of(file.Blocks, file.Identity.Size);
            Complete(file.Index, file.Handle, file.Identity, root, outboard);
            EndLarge(file);
        }

        onHashed?.Invoke(content.Length);
    }

    private void EndOpening(LargeFile? large)
    {
        lock (_gate)
        {
            _opening--;
            if (large is not null)
            {
                _large.Enqueue(large);
                _unfinished.Add(large);
            }
            if (large is not null || _nextPath == paths.Count)
                Monitor.PulseAll(_gate);
        }
    }

    private void EndLarge(LargeFile file)
    {
        file.Handle.Dispose();
        lock (_gate)
            _unfinished.Remove(file);
    }

    private void Complete(int index, SafeFileHandle handle, in FileIdentity identity, in Hash root, Outboard? outboard)
    {
        if (FileIdentity.Of(handle) != identity)
            throw Changed(paths[index]);
        _results[index] = new HashedFile(paths[index], root, outboard, identity);
    }

    private static SafeFileHandle Open(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BlobUnavailableException($"{path} can't be read: {exception.Message}", exception);
        }
    }

    private static void ReadExactly(SafeFileHandle handle, string path, Span<byte> content, long offset)
    {
        try
        {
            while (!content.IsEmpty)
            {
                var count = RandomAccess.Read(handle, content, offset);
                if (count == 0)
                    throw Changed(path);
                content = content[count..];
                offset += count;
            }
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or (IOException and not BlobUnavailableException))
        {
            throw new BlobUnavailableException($"{path} can't be read: {exception.Message}", exception);
        }
    }

    private static BlobUnavailableException Changed(string path) => new($"{path} changed while it was being read. Send it again when nothing writes to it any more.");

    /// <summary>A file that several workers hash together.</summary>
    private sealed class LargeFile(int index, SafeFileHandle handle, FileIdentity identity)
    {
        private long _nextBlock;
        private long _missing = Outboard.BlockCountOf(identity.Size);

        public int Index => index;

        public SafeFileHandle Handle => handle;

        public FileIdentity Identity => identity;

        public Hash[] Blocks { get; } = new Hash[Outboard.BlockCountOf(identity.Size)];

        public bool IsAllTaken => _nextBlock >= Blocks.Length;

        public long TakePiece()
        {
            var first = _nextBlock;
            _nextBlock += PieceBlocks;
            return first;
        }

        public bool HasAll(int more) => Interlocked.Add(ref _missing, -more) == 0;
    }
}
