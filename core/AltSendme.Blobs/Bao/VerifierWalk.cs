using System.Buffers;
using AltSendme.Blobs.Blake3;

namespace AltSendme.Blobs.Bao;

/// <summary>
/// The walk down one blob's tree, in the order in which its nodes arrive. What is still to come stands on a stack that is as high as the tree at most, however the stated size was chosen.
/// </summary>
internal sealed class VerifierWalk
{
    /// <summary>Whole subtrees up to this level are waited for in one piece: 64 KiB of content and 3 parents.</summary>
    private const int PatientLevel = TreeGeometry.GroupLevel + 2;

    private readonly Hash _hash;
    private readonly TreeGeometry _geometry;
    private readonly ChunkRanges _ranges;
    private readonly VerifierBatch _batch;
    private readonly PendingNode[] _pending;
    private int _count;

    /// <summary>Begins at the root of the blob <paramref name="hash"/>.</summary>
    public VerifierWalk(Hash hash, TreeGeometry geometry, ChunkRanges ranges, VerifierBatch batch)
    {
        (_hash, _geometry, _ranges, _batch) = (hash, geometry, ranges, batch);
        _pending = new PendingNode[geometry.Root.Level + 1];
        Push(geometry.Root, hash);
    }

    public bool IsDone => _count == 0;

    public long ContentBytes { get; private set; }

    public long ParentBytes { get; private set; }

    /// <summary>Where the next node's content begins.</summary>
    public long NextOffset => TreeGeometry.OffsetOf(_pending[_count - 1].Node);

    /// <summary>Bytes that must arrive in any case before the answer can be complete.</summary>
    public int WantedBytes
    {
        get
        {
            var node = _pending[_count - 1].Node;
            if (node.Level <= PatientLevel && IsWhole(node))
                return (int)_geometry.EncodedLengthOf(node);
            return node.Level == 0 ? (int)_geometry.LengthOf(node) : TreeGeometry.ParentSize;
        }
    }

    /// <summary>Verifies as many nodes as <paramref name="buffer"/> holds and the batch has room for, and moves <paramref name="buffer"/> behind them.</summary>
    /// <returns>What was wrong with the node at which it stopped, or <see langword="null"/>.</returns>
    public BlobVerificationException? Take(ref ReadOnlySequence<byte> buffer)
    {
        var available = buffer.Length;
        while (_count > 0)
        {
            var (node, value) = _pending[_count - 1];
            var isLeaf = _geometry.IsLeaf(node, _ranges);
            var isPair = !isLeaf && node.Level == TreeGeometry.GroupLevel + 1 && IsWhole(node) && available >= _geometry.EncodedLengthOf(node);
            var length = isLeaf ? (int)_geometry.LengthOf(node) : isPair ? (int)_geometry.EncodedLengthOf(node) : TreeGeometry.ParentSize;
            if (available < length || !_batch.HasRoomFor(length))
                return null;

            _count--;
            var fault = isLeaf ? TakeLeaf(node, value, buffer, length) : isPair ? TakePair(node, value, buffer) : TakeParent(node, value, buffer);
            if (fault is not null)
                return fault;
            buffer = buffer.Slice(length);
            available -= length;
        }

        return null;
    }

    private BlobVerificationException? TakeLeaf(TreeNode node, in Hash value, in ReadOnlySequence<byte> buffer, int length)
    {
        var content = _batch.Join(buffer, length);
        if (Subtree.ChainingValue(content.Span, node.FirstChunk, node == _geometry.Root) != value)
            return Wrong(node, "Content");
        Accept(node, content);
        return null;
    }

    private BlobVerificationException? TakeParent(TreeNode node, in Hash value, in ReadOnlySequence<byte> buffer)
    {
        if (!TryVerifyParent(node, value, buffer, out var left, out var right))
            return Wrong(node, "A parent");
        Push(_geometry.Canonical(node.Right), right);
        Push(node.Left, left);
        return null;
    }

    /// <summary>Two sibling groups with no parent between them: hashed in one run, so that their chunks share vector lanes.</summary>
    private BlobVerificationException? TakePair(TreeNode node, in Hash value, in ReadOnlySequence<byte> buffer)
    {
        if (!TryVerifyParent(node, value, buffer, out var left, out var right))
            return Wrong(node, "A parent");
        TreeNode first = node.Left, second = _geometry.Canonical(node.Right);
        var content = _batch.Join(buffer.Slice(TreeGeometry.ParentSize), (int)_geometry.LengthOf(node));
        Span<Hash> values = stackalloc Hash[2];
        if (content.Length == 2 * TreeGeometry.GroupSize)
        {
            Subtree.ChainingValues(content.Span, node.FirstChunk, TreeGeometry.GroupLevel, values);
        }
        else
        {
            values[0] = Subtree.ChainingValue(content.Span[..TreeGeometry.GroupSize], first.FirstChunk, isRoot: false);
            values[1] = Subtree.ChainingValue(content.Span[TreeGeometry.GroupSize..], second.FirstChunk, isRoot: false);
        }

        if (values[0] != left)
            return Wrong(first, "Content");
        Accept(first, content[..TreeGeometry.GroupSize]);
        if (values[1] != right)
            return Wrong(second, "Content");
        Accept(second, content[TreeGeometry.GroupSize..]);
        return null;
    }

    private bool TryVerifyParent(TreeNode node, in Hash value, in ReadOnlySequence<byte> buffer, out Hash left, out Hash right)
    {
        Span<byte> parent = stackalloc byte[TreeGeometry.ParentSize];
        buffer.Slice(0, TreeGeometry.ParentSize).CopyTo(parent);
        left = new Hash(parent[..Hash.Length]);
        right = new Hash(parent[Hash.Length..]);
        if (Subtree.Parent(left, right, node == _geometry.Root) != value)
            return false;
        ParentBytes += TreeGeometry.ParentSize;
        if (node.Level > TreeGeometry.GroupLevel)
            _batch.Add(new VerifiedParent(node, left, right));
        return true;
    }

    private void Accept(TreeNode node, ReadOnlyMemory<byte> content)
    {
        _batch.Add(new VerifiedLeaf(TreeGeometry.OffsetOf(node), content));
        ContentBytes += content.Length;
    }

    private void Push(TreeNode node, Hash value)
    {
        if (_ranges.Intersects(node.FirstChunk, _geometry.EndOf(node)))
            _pending[_count++] = new PendingNode(node, value);
    }

    private bool IsWhole(TreeNode node) => _ranges.ContainsAll(node.FirstChunk, _geometry.EndOf(node));

    private BlobVerificationException Wrong(TreeNode node, string what) => new(
        _hash,
        TreeGeometry.OffsetOf(node),
        $"{what} of {_hash.ToShortString()} at byte {TreeGeometry.OffsetOf(node)} is not what its hash demands. The sender is faulty or dishonest.");
}
