using AltSendme.Blobs.Bao;
using Microsoft.Win32.SafeHandles;

namespace AltSendme.Blobs.Stores.Partial;

/// <summary>
/// Writes verified batches: the parents, then content in runs of at most <see cref="MaxRun"/>, each followed by its marks. A mark is written after what it stands for, so that a process which is
/// killed leaves groups without a mark, never a mark without its group. Nothing is flushed: what a kill leaves is in the system's cache, and what a power cut loses is found when the store is
/// opened again. Owns the three files.
/// </summary>
internal sealed class LargeFileWriter : IDisposable
{
    /// <summary>Bytes of content that a kill can leave without marks.</summary>
    private const int MaxRun = 4 * TreeGeometry.GroupSize;

    private readonly SafeFileHandle _data;
    private readonly SafeFileHandle _outboard;
    private readonly SafeFileHandle _bitmap;
    private readonly TreeGeometry _geometry;
    private readonly GroupBitmap _groups;
    private readonly Action<StoreWrite> _beforeWrite;
    private readonly List<ReadOnlyMemory<byte>> _run = [];
    private long _runStart;
    private int _runLength;
    private (long Slot, int Index)[] _order = [];
    private byte[] _parents = [];

    public LargeFileWriter(SafeFileHandle data, string outboardPath, string bitmapPath, TreeGeometry geometry, GroupBitmap groups, Action<StoreWrite> beforeWrite)
    {
        // Whatever can't be opened, Dispose finds a handle in each field.
        _data = _outboard = _bitmap = data;
        _geometry = geometry;
        _groups = groups;
        _beforeWrite = beforeWrite;
        try
        {
            _outboard = Open(outboardPath);
            _bitmap = Open(bitmapPath);
            if (RandomAccess.GetLength(data) > geometry.Size)
                RandomAccess.SetLength(data, geometry.Size);
            WriteAllMarks();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Write(VerifiedBatch batch)
    {
        WriteParents(batch.Parents);
        _run.Clear();
        _runLength = 0;
        for (var i = 0; i < batch.Leaves.Count; i++)
        {
            var leaf = batch.Leaves[i];
            if (!IsWhole(leaf))
                continue;
            if (leaf.Offset != _runStart + _runLength || _runLength + leaf.Content.Length > MaxRun)
                WriteRun();
            if (_runLength == 0)
                _runStart = leaf.Offset;
            _run.Add(leaf.Content);
            _runLength += leaf.Content.Length;
        }

        WriteRun();
    }

    public void Dispose()
    {
        _data.Dispose();
        _outboard.Dispose();
        _bitmap.Dispose();
    }

    private static SafeFileHandle Open(string path) =>
        File.OpenHandle(path, Entry.IsFile(path) ? FileMode.Open : FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);

    // Whether a leaf consists of whole groups; chunks by themselves have no mark.
    private bool IsWhole(in VerifiedLeaf leaf) =>
        leaf.Content.Length > 0 && leaf.Offset % TreeGeometry.GroupSize == 0
        && (leaf.Content.Length % TreeGeometry.GroupSize == 0 || leaf.Offset + leaf.Content.Length == _geometry.Size);

    // An earlier run may have left marks that did not stand the test, or groups that lost theirs.
    private void WriteAllMarks()
    {
        if (_groups.VerifiedBytes == 0 && RandomAccess.GetLength(_bitmap) == 0)
            return;
        _beforeWrite(StoreWrite.Bitmap);
        RandomAccess.Write(_bitmap, _groups.Bytes, 0);
    }

    private void WriteParents(IReadOnlyList<VerifiedParent> parents)
    {
        if (_order.Length < parents.Count)
        {
            _order = new (long, int)[parents.Count];
            _parents = new byte[parents.Count * TreeGeometry.ParentSize];
        }

        var count = 0;
        for (var i = 0; i < parents.Count; i++)
        {
            var node = _geometry.Canonical(parents[i].Node);
            if (node.Level > TreeGeometry.GroupLevel)
                _order[count++] = (ParentSlots.Of(node), i);
        }

        _order.AsSpan(0, count).Sort();

        for (int first = 0, end; first < count; first = end)
        {
            end = first;
            do
            {
                var parent = parents[_order[end].Index];
                var place = _parents.AsSpan((end - first) * TreeGeometry.ParentSize);
                parent.Left.CopyTo(place);
                parent.Right.CopyTo(place[Hash.Length..]);
                end++;
            }
            while (end < count && _order[end].Slot == _order[end - 1].Slot + 1);

            _beforeWrite(StoreWrite.Outboard);
            RandomAccess.Write(_outboard, _parents.AsSpan(0, (end - first) * TreeGeometry.ParentSize), ParentSlots.OffsetOf(_order[first].Slot));
        }
    }

    private void WriteRun()
    {
        if (_runLength == 0)
            return;
        _beforeWrite(StoreWrite.Data);
        if (_run.Count == 1)
            RandomAccess.Write(_data, _run[0].Span, _runStart);
        else
            RandomAccess.Write(_data, _run, _runStart);

        var first = _runStart / TreeGeometry.GroupSize;
        var last = (_runStart + _runLength - 1) / TreeGeometry.GroupSize;
        var added = 0;
        for (var group = first; group <= last; group++)
            added += _groups.Set(group);
        _run.Clear();
        _runLength = 0;
        if (added == 0)
            return;
        _beforeWrite(StoreWrite.Bitmap);
        RandomAccess.Write(_bitmap, _groups.Bytes[(int)(first / 8)..((int)(last / 8) + 1)], first / 8);
    }
}
