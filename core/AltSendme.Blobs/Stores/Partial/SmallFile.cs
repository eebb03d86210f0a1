using System.Buffers;
using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Blake3;

namespace AltSendme.Blobs.Stores.Partial;

/// <summary>A file of a few groups: written in one piece when all of it is verified, without a tree or marks. Its hash tells whether an earlier run finished it.</summary>
internal sealed class SmallFile(PartialStore store, string relativePath, in Hash hash, long size) : PartialFile(relativePath, hash, size)
{
    /// <summary>The largest small file, in bytes; a killed process loses no more of it.</summary>
    public const int MaxSize = 4 * TreeGeometry.GroupSize;

    private volatile bool _isOnDisk;
    private bool _mayExist;

    /// <inheritdoc/>
    public override ChunkRanges Missing => _isOnDisk ? ChunkRanges.Empty : ChunkRanges.All;

    /// <inheritdoc/>
    public override long VerifiedBytes => _isOnDisk ? Size : 0;

    private protected override bool IsOnDisk => _isOnDisk;

    /// <inheritdoc/>
    public override IBlobSink CreateSink(Action<long>? onVerifiedBytes) => new Sink(this, onVerifiedBytes);

    /// <summary>Reads what an earlier run left.</summary>
    public void Recover()
    {
        _mayExist = store.Staging.Has(RelativePath);
        if (!_mayExist)
            return;
        var buffer = ArrayPool<byte>.Shared.Rent(MaxSize + 1);
        try
        {
            using var file = File.OpenHandle(store.PathOf(RelativePath));
            var length = 0;
            for (var count = -1; count != 0 && length <= Size; length += count)
                count = RandomAccess.Read(file, buffer.AsSpan(length), length);
            _isOnDisk = length == Size && Subtree.ChainingValue(buffer.AsSpan(0, length), 0, isRoot: true) == Hash;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Writes the whole, verified content.</summary>
    /// <returns><see langword="false"/> when another answer was faster and it is there already.</returns>
    public bool Write(ReadOnlySpan<byte> content)
    {
        lock (store.Gate)
        {
            store.ThrowIfDisposed();
            if (_isOnDisk)
                return false;
            store.BeforeWrite(StoreWrite.SmallFile);
            using var file = store.Staging.Create(RelativePath, _mayExist);
            _mayExist = true;
            RandomAccess.Write(file, content, 0);
            _isOnDisk = true;
            return true;
        }
    }

    private sealed class Sink(SmallFile file, Action<long>? onVerifiedBytes) : IBlobSink
    {
        private byte[]? _collected;
        private int _length;

        public ValueTask BeginAsync(long statedSize, CancellationToken cancellationToken)
        {
            file.CheckSize(statedSize);
            return ValueTask.CompletedTask;
        }

        public ValueTask WriteAsync(VerifiedBatch batch, CancellationToken cancellationToken)
        {
            foreach (var leaf in batch.Leaves)
            {
                if (leaf.Offset == _length && !file._isOnDisk)
                    Take(leaf.Content.Span);
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask EndAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        private void Take(ReadOnlySpan<byte> content)
        {
            if (content.Length < file.Size)
            {
                _collected ??= new byte[file.Size];
                content.CopyTo(_collected.AsSpan(_length));
                _length += content.Length;
                if (_length < file.Size)
                    return;
                content = _collected;
                _collected = null;
            }

            if (file.Write(content))
                onVerifiedBytes?.Invoke(file.Size);
        }
    }
}
