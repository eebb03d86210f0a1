using System.Numerics;
using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Blake3;

namespace AltSendme.Blobs.Tests.Stores;

/// <summary>A blob's tree written down as the BLAKE3 paper defines it, for making what a verifier would hand on.</summary>
internal sealed class ReferenceTree(byte[] content)
{
    private readonly Dictionary<TreeNode, Hash> _values = [];

    public byte[] Content => content;

    public Hash Root => ValueOf(0, ChunkCount, isRoot: true);

    public long GroupCount => Math.Max(1, (content.Length + TreeGeometry.GroupSize - 1) / TreeGeometry.GroupSize);

    private long ChunkCount => (long)TreeGeometry.ChunkCountOf(content.Length);

    /// <summary>The groups from <paramref name="first"/> up to, but without, <paramref name="end"/>, and all parents above them.</summary>
    public VerifiedBatch Batch(long first, long end)
    {
        var parents = new List<VerifiedParent>();
        var leaves = new List<VerifiedLeaf>();
        Add(0, ChunkCount, first * 16, end * 16, parents, leaves);
        return new VerifiedBatch(parents, leaves);
    }

    private void Add(long start, long count, long first, long end, List<VerifiedParent> parents, List<VerifiedLeaf> leaves)
    {
        if (start >= end || start + count <= first)
            return;
        if (count <= 16)
        {
            leaves.Add(new VerifiedLeaf(start * 1024, BytesOf(start, count)));
            return;
        }

        var left = LeftOf(count);
        parents.Add(new VerifiedParent(NodeOf(start, count), ValueOf(start, left, isRoot: false), ValueOf(start + left, count - left, isRoot: false)));
        Add(start, left, first, end, parents, leaves);
        Add(start + left, count - left, first, end, parents, leaves);
    }

    private Hash ValueOf(long start, long count, bool isRoot)
    {
        if (_values.TryGetValue(NodeOf(start, count), out var value))
            return value;
        var left = LeftOf(count);
        value = count <= 16
            ? Subtree.ChainingValue(BytesOf(start, count).Span, (ulong)start, isRoot)
            : Subtree.Parent(ValueOf(start, left, isRoot: false), ValueOf(start + left, count - left, isRoot: false), isRoot);
        return _values[NodeOf(start, count)] = value;
    }

    private ReadOnlyMemory<byte> BytesOf(long start, long count) => content.AsMemory((int)start * 1024, (int)Math.Min(count * 1024, content.Length - (start * 1024)));

    private static TreeNode NodeOf(long start, long count) => new((ulong)start, BitOperations.Log2(BitOperations.RoundUpToPowerOf2((ulong)count)));

    private static long LeftOf(long count) => (long)BitOperations.RoundUpToPowerOf2((ulong)count) / 2;
}
