using System.Buffers.Binary;
using System.IO.Pipelines;
using AltSendme.Blobs.Stores;

namespace AltSendme.Blobs.Bao;

/// <summary>
/// Writes what was asked of blobs into one answer: for each blob its size and then the selected part of its tree in pre-order (bao specification, with iroh's groups of 16 KiB).
/// Memory is bounded by a block of 1 MiB, whatever the blob's size; the pipe applies back pressure. One answer, one thread at a time.
/// </summary>
/// <param name="output">The answer; neither flushed at the end nor completed here.</param>
/// <param name="contentSent">Told of every block how many bytes of it were written; must be quick.</param>
internal sealed class RangeEncoder(PipeWriter output, Action<long>? contentSent)
{
    /// <summary>Bytes that may wait for company before they are flushed: many small blobs make one flush.</summary>
    private const int FlushThreshold = 256 * 1024;

    private readonly BlockEncoder _blocks = new(output);
    private readonly TreeNode[] _pending = new TreeNode[TreeGeometry.MaxLevel + 1];
    private int _unflushed;

    /// <summary>Writes the part of <paramref name="blob"/> that <paramref name="ranges"/> selects.</summary>
    /// <returns><see langword="false"/> when the reader of the answer wants no more.</returns>
    /// <exception cref="BlobUnavailableException">The blob can't be read or has changed; nothing of the block in question was written.</exception>
    public async ValueTask<bool> WriteAsync(IBlob blob, ChunkRanges ranges, CancellationToken cancellationToken)
    {
        var geometry = new TreeGeometry(blob.Size);
        var selected = ranges.IsAll ? ranges : ranges.ForSize(blob.Size);
        var outboard = blob.Outboard;
        if (outboard is null && geometry.Root.Level > Outboard.BlockLevel)
            throw new InvalidOperationException($"{blob.Name} has several blocks and no outboard.");
        WriteSize(blob.Size);

        var count = Push(geometry.Root, geometry, selected, 0);
        while (count > 0)
        {
            var node = _pending[--count];
            if (node.Level > Outboard.BlockLevel)
            {
                WriteParent(outboard!, node);
                count = Push(geometry.Canonical(node.Right), geometry, selected, count);
                count = Push(node.Left, geometry, selected, count);
            }
            else
            {
                var expected = node == geometry.Root ? blob.Hash : outboard!.ChainingValue(node);
                _unflushed += await _blocks.WriteAsync(blob, geometry, node, expected, selected, cancellationToken);
                contentSent?.Invoke(BytesOf(geometry, node, selected));
            }

            if (_unflushed >= FlushThreshold && !await FlushAsync(cancellationToken))
                return false;
        }

        return true;
    }

    /// <summary>Hands everything written so far to the reader.</summary>
    /// <returns><see langword="false"/> when the reader of the answer wants no more.</returns>
    public async ValueTask<bool> FlushAsync(CancellationToken cancellationToken)
    {
        _unflushed = 0;
        var result = await output.FlushAsync(cancellationToken);
        return !result.IsCompleted && !result.IsCanceled;
    }

    private int Push(TreeNode node, TreeGeometry geometry, ChunkRanges selected, int count)
    {
        if (selected.Intersects(node.FirstChunk, geometry.EndOf(node)))
            _pending[count++] = node;
        return count;
    }

    private static long BytesOf(TreeGeometry geometry, TreeNode node, ChunkRanges selected)
    {
        var end = geometry.EndOf(node);
        return selected.ContainsAll(node.FirstChunk, end)
            ? geometry.LengthOf(node)
            : selected.Within(node.FirstChunk, end).ByteCount(geometry.Size);
    }

    private void WriteSize(long size)
    {
        BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(sizeof(long)), size);
        output.Advance(sizeof(long));
        _unflushed += sizeof(long);
    }

    private void WriteParent(Outboard outboard, TreeNode node)
    {
        var parent = output.GetSpan(TreeGeometry.ParentSize);
        outboard.ChainingValue(node.Left).CopyTo(parent);
        outboard.ChainingValue(node.Right).CopyTo(parent[Hash.Length..]);
        output.Advance(TreeGeometry.ParentSize);
        _unflushed += TreeGeometry.ParentSize;
    }
}
