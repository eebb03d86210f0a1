using System.Buffers;
using System.IO.Pipelines;
using AltSendme.Blobs.Blake3;
using AltSendme.Blobs.Stores;

namespace AltSendme.Blobs.Bao;

/// <summary>
/// Encodes what is wanted of one block of at most 1 MiB. The nodes of a block are not kept anywhere: they are computed from the bytes that were just read, and unless they lead to the value
/// that the block had when it was hashed, nothing of the block is sent.
/// </summary>
internal sealed class BlockEncoder(PipeWriter output)
{
    private readonly BlockTree _tree = new();
    private readonly SegmentList _segments = new();

    /// <summary>Writes the parents and the content of <paramref name="block"/> that <paramref name="ranges"/> selects.</summary>
    /// <param name="blob">Where the block is read.</param>
    /// <param name="geometry">The shape of the blob's tree.</param>
    /// <param name="block">The block in its canonical form.</param>
    /// <param name="expected">The value that the block must have.</param>
    /// <param name="ranges">What is wanted of the blob.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>Bytes written, without being flushed.</returns>
    /// <exception cref="BlobUnavailableException">The block can't be read or is no longer what was hashed; nothing of it was written.</exception>
    public ValueTask<int> WriteAsync(IBlob blob, TreeGeometry geometry, TreeNode block, Hash expected, ChunkRanges ranges, CancellationToken cancellationToken) =>
        ranges.ContainsAll(block.FirstChunk, geometry.EndOf(block))
            ? WriteAllAsync(blob, geometry, block, expected, cancellationToken)
            : WritePartAsync(blob, geometry, block, expected, ranges, cancellationToken);

    /// <summary>Reads the groups straight to where they stand in the answer, hashes them there, and fills in the parents between them.</summary>
    private async ValueTask<int> WriteAllAsync(IBlob blob, TreeGeometry geometry, TreeNode block, Hash expected, CancellationToken cancellationToken)
    {
        var length = (int)geometry.EncodedLengthOf(block);
        if (length == 0)
            return 0;
        var encoded = output.GetMemory(length)[..length];
        _segments.Clear();
        Place(geometry, block, encoded, 0);
        await blob.ReadAsync(TreeGeometry.OffsetOf(block), _segments, cancellationToken);
        Seal(blob, geometry, block, expected, encoded.Span);
        output.Advance(length);
        _segments.Clear();
        return length;
    }

    /// <summary>Lists where the content of <paramref name="node"/> goes when the node starts at <paramref name="position"/>; returns where it ends.</summary>
    private int Place(TreeGeometry geometry, TreeNode node, Memory<byte> encoded, int position)
    {
        if (node.Level <= TreeGeometry.GroupLevel)
        {
            _segments.Add(encoded.Slice(position, (int)geometry.LengthOf(node)));
            return position + (int)geometry.LengthOf(node);
        }

        position += TreeGeometry.ParentSize;
        if (node.Level == TreeGeometry.GroupLevel + 1)
        {
            // No parent stands between two sibling groups: one segment, and one run of subtrees for the hash.
            _segments.Add(encoded.Slice(position, (int)geometry.LengthOf(node)));
            return position + (int)geometry.LengthOf(node);
        }

        return Place(geometry, geometry.Canonical(node.Right), encoded, Place(geometry, node.Left, encoded, position));
    }

    private void Seal(IBlob blob, TreeGeometry geometry, TreeNode block, Hash expected, Span<byte> encoded)
    {
        var chunk = block.FirstChunk;
        _tree.Begin(chunk);
        var isRoot = block == geometry.Root;
        if (block.Level <= TreeGeometry.GroupLevel)
        {
            Check(blob, block, expected, Subtree.ChainingValue(encoded, chunk, isRoot));
            return;
        }

        for (var i = 0; i < _segments.Count; i++)
        {
            var content = _segments[i].Span;
            _tree.HashGroups(content, chunk);
            chunk += (ulong)content.Length / TreeGeometry.ChunkSize;
        }

        Check(blob, block, expected, _tree.Close(GroupsOf(geometry, block), isRoot));
        WriteParents(geometry, block, encoded, 0);
    }

    private int WriteParents(TreeGeometry geometry, TreeNode node, Span<byte> encoded, int position)
    {
        if (node.Level <= TreeGeometry.GroupLevel)
            return position + (int)geometry.LengthOf(node);
        WriteParent(node, encoded[position..]);
        position += TreeGeometry.ParentSize;
        return WriteParents(geometry, geometry.Canonical(node.Right), encoded, WriteParents(geometry, node.Left, encoded, position));
    }

    private void WriteParent(TreeNode node, Span<byte> destination)
    {
        _tree[node.Left].CopyTo(destination);
        _tree[node.Right].CopyTo(destination[Hash.Length..]);
    }

    /// <summary>Reads the whole block to check it, and copies from it what is wanted.</summary>
    private async ValueTask<int> WritePartAsync(IBlob blob, TreeGeometry geometry, TreeNode block, Hash expected, ChunkRanges ranges, CancellationToken cancellationToken)
    {
        var length = (int)geometry.LengthOf(block);
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            _segments.Clear();
            _segments.Add(buffer.AsMemory(0, length));
            await blob.ReadAsync(TreeGeometry.OffsetOf(block), _segments, cancellationToken);
            _segments.Clear();
            CheckPart(blob, geometry, block, expected, buffer.AsSpan(0, length));
            return Select(geometry, block, block, ranges, buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void CheckPart(IBlob blob, TreeGeometry geometry, TreeNode block, Hash expected, ReadOnlySpan<byte> content)
    {
        var isRoot = block == geometry.Root;
        if (block.Level <= TreeGeometry.GroupLevel)
        {
            Check(blob, block, expected, Subtree.ChainingValue(content, block.FirstChunk, isRoot));
            return;
        }

        _tree.Begin(block.FirstChunk);
        _tree.HashGroups(content, block.FirstChunk);
        Check(blob, block, expected, _tree.Close(GroupsOf(geometry, block), isRoot));
    }

    private int Select(TreeGeometry geometry, TreeNode block, TreeNode node, ChunkRanges ranges, ReadOnlySpan<byte> content)
    {
        if (!ranges.Intersects(node.FirstChunk, geometry.EndOf(node)))
            return 0;
        if (geometry.IsLeaf(node, ranges))
        {
            var leaf = ContentOf(geometry, block, node, content);
            output.Write(leaf);
            return leaf.Length;
        }

        var parent = output.GetSpan(TreeGeometry.ParentSize);
        if (node.Level > TreeGeometry.GroupLevel)
        {
            WriteParent(node, parent);
        }
        else
        {
            Subtree.ChainingValue(ContentOf(geometry, block, node.Left, content), node.Left.FirstChunk, isRoot: false).CopyTo(parent);
            Subtree.ChainingValue(ContentOf(geometry, block, node.Right, content), node.Right.FirstChunk, isRoot: false).CopyTo(parent[Hash.Length..]);
        }

        output.Advance(TreeGeometry.ParentSize);
        return TreeGeometry.ParentSize
            + Select(geometry, block, node.Left, ranges, content)
            + Select(geometry, block, geometry.Canonical(node.Right), ranges, content);
    }

    private static ReadOnlySpan<byte> ContentOf(TreeGeometry geometry, TreeNode block, TreeNode node, ReadOnlySpan<byte> content) =>
        content.Slice((int)(TreeGeometry.OffsetOf(node) - TreeGeometry.OffsetOf(block)), (int)geometry.LengthOf(node));

    private static int GroupsOf(TreeGeometry geometry, TreeNode block) => (int)((geometry.LengthOf(block) + TreeGeometry.GroupSize - 1) / TreeGeometry.GroupSize);

    private static void Check(IBlob blob, TreeNode block, in Hash expected, in Hash actual)
    {
        if (expected != actual)
        {
            throw new BlobUnavailableException(
                $"{blob.Name} has changed since it was shared (within the {Outboard.BlockSize} bytes from {TreeGeometry.OffsetOf(block)} on). Share it again to send what it is now.");
        }
    }
}
