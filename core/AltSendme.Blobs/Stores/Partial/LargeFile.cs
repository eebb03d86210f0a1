using System.Text;
using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Blake3;

namespace AltSendme.Blobs.Stores.Partial;

/// <summary>A file that arrives group by group, with its parents and its marks beside it.</summary>
internal sealed class LargeFile : PartialFile
{
    private const int NameDigits = 32;

    private readonly PartialStore _store;
    private readonly string _treePath;
    private GroupBitmap _groups;

    public LargeFile(PartialStore store, string relativePath, in Hash hash, long size)
        : base(relativePath, hash, size)
    {
        _store = store;
        _groups = new GroupBitmap(size);
        _treePath = store.TreePathOf(Subtree.ChainingValue(Encoding.UTF8.GetBytes(relativePath), 0, isRoot: true).ToString()[..NameDigits]);
    }

    /// <inheritdoc/>
    public override ChunkRanges Missing
    {
        get
        {
            lock (_store.Gate)
                return _groups.Missing();
        }
    }

    /// <inheritdoc/>
    public override long VerifiedBytes
    {
        get
        {
            lock (_store.Gate)
                return _groups.VerifiedBytes;
        }
    }

    private string OutboardPath => $"{_treePath}.outboard";

    private string BitmapPath => $"{_treePath}.bitmap";

    /// <inheritdoc/>
    public override IBlobSink CreateSink(Action<long>? onVerifiedBytes) => new Sink(this, onVerifiedBytes);

    /// <summary>Checks what an earlier run left, group by group, and forgets what can't be proved.</summary>
    public async ValueTask RecoverAsync(int degree, CancellationToken cancellationToken)
    {
        var hasAll = _store.Staging.Has(RelativePath) & Entry.IsFile(OutboardPath) & Entry.IsFile(BitmapPath);
        if (!hasAll)
            return;
        using var data = File.OpenHandle(_store.PathOf(RelativePath));
        using var outboard = File.OpenHandle(OutboardPath);
        var marked = new GroupBitmap(Size);
        marked.Load(ReadMarks(marked.Bytes.Length), RandomAccess.GetLength(data) is var length && length >= Size ? marked.GroupCount : length / TreeGeometry.GroupSize);
        if (marked.VerifiedBytes > 0)
            _groups = await new GroupAudit(Hash, Size, data, outboard, marked).RunAsync(degree, cancellationToken);
    }

    /// <summary>Opens the three files; marks on disk become those that hold in this run.</summary>
    public LargeFileWriter OpenWriter() =>
        new(_store.Staging.OpenOrCreate(RelativePath), OutboardPath, BitmapPath, new TreeGeometry(Size), _groups, _store.BeforeWrite);

    private byte[] ReadMarks(int limit)
    {
        using var file = File.OpenHandle(BitmapPath);
        var marks = new byte[Math.Min(limit, RandomAccess.GetLength(file))];
        return marks.AsSpan(0, RandomAccess.Read(file, marks, 0)).ToArray();
    }

    private sealed class Sink(LargeFile file, Action<long>? onVerifiedBytes) : IBlobSink
    {
        public ValueTask BeginAsync(long statedSize, CancellationToken cancellationToken)
        {
            file.CheckSize(statedSize);
            return ValueTask.CompletedTask;
        }

        public ValueTask WriteAsync(VerifiedBatch batch, CancellationToken cancellationToken)
        {
            long added;
            lock (file._store.Gate)
            {
                var before = file._groups.VerifiedBytes;
                file._store.WriterOf(file).Write(batch);
                added = file._groups.VerifiedBytes - before;
            }

            if (added > 0)
                onVerifiedBytes?.Invoke(added);
            return ValueTask.CompletedTask;
        }

        public ValueTask EndAsync(CancellationToken cancellationToken)
        {
            lock (file._store.Gate)
                file._store.CloseWriter(file);
            return ValueTask.CompletedTask;
        }
    }
}
