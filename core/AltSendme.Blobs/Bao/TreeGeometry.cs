using System.Numerics;

namespace AltSendme.Blobs.Bao;

/// <summary>
/// The shape of a blob's tree, which follows from its size alone (BLAKE3 paper, section 2.1): every left child is a complete subtree, and the right edge takes what remains.
/// A node of the right edge whose second half would lie beyond the blob is the same as its first half, so that each node has one canonical form.
/// </summary>
public readonly record struct TreeGeometry
{
    /// <summary>Bytes of a chunk, the unit of ranges.</summary>
    public const int ChunkSize = 1024;

    /// <summary>Level of a chunk group, the unit in which whole ranges are sent: iroh's 2^4 chunks.</summary>
    public const int GroupLevel = 4;

    /// <summary>Bytes of a chunk group.</summary>
    public const int GroupSize = ChunkSize << GroupLevel;

    /// <summary>Bytes of a parent on the wire: the chaining values of its two children.</summary>
    public const int ParentSize = 2 * Hash.Length;

    /// <summary>The highest level that a tree can have, since sizes are at most <see cref="MaxSize"/>.</summary>
    public const int MaxLevel = 53;

    /// <summary>The largest size in bytes, so that the end of the last chunk still fits 63 bits.</summary>
    public const long MaxSize = long.MaxValue - ChunkSize + 1;

    /// <summary>The shape of the tree over <paramref name="size"/> bytes.</summary>
    public TreeGeometry(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, MaxSize);
        Size = size;
        ChunkCount = ChunkCountOf(size);
    }

    /// <summary>Bytes of the blob.</summary>
    public long Size { get; }

    /// <summary>Chunks of the blob; 1 for an empty one.</summary>
    public ulong ChunkCount { get; }

    /// <summary>The node that covers everything.</summary>
    public TreeNode Root => new(0, LevelOf(ChunkCount));

    /// <summary>Chunks of a blob of <paramref name="size"/> bytes; an empty blob has one.</summary>
    public static ulong ChunkCountOf(long size) => Math.Max(1, ((ulong)size + ChunkSize - 1) / ChunkSize);

    /// <summary>The canonical form of <paramref name="node"/>: as low as possible while it covers the same chunks.</summary>
    public TreeNode Canonical(TreeNode node)
    {
        var rest = ChunkCount - node.FirstChunk;
        return rest < 1UL << node.Level ? new(node.FirstChunk, LevelOf(rest)) : node;
    }

    /// <summary>The chunk after the last one of <paramref name="node"/> that exists.</summary>
    public ulong EndOf(TreeNode node) => Math.Min(ChunkCount, node.FirstChunk + (1UL << node.Level));

    /// <summary>Where <paramref name="node"/>'s content starts, in bytes.</summary>
    public static long OffsetOf(TreeNode node) => (long)node.FirstChunk * ChunkSize;

    /// <summary>Bytes of <paramref name="node"/>'s content.</summary>
    public long LengthOf(TreeNode node) => Math.Min(Size, (long)EndOf(node) * ChunkSize) - OffsetOf(node);

    /// <summary>Bytes that all of <paramref name="node"/> takes in an answer: its content, and a parent for each group but one.</summary>
    public long EncodedLengthOf(TreeNode node)
    {
        var length = LengthOf(node);
        return length + Math.Max(0, (length - 1) / GroupSize) * ParentSize;
    }

    /// <summary>Whether <paramref name="node"/> is sent as content when <paramref name="ranges"/> (made with <see cref="ChunkRanges.ForSize"/>) covers it: a single chunk, or a whole group.</summary>
    internal bool IsLeaf(TreeNode node, ChunkRanges ranges) =>
        node.Level == 0 || (node.Level <= GroupLevel && ranges.ContainsAll(node.FirstChunk, EndOf(node)));

    private static int LevelOf(ulong chunks) => BitOperations.Log2(chunks) + (BitOperations.IsPow2(chunks) ? 0 : 1);
}
