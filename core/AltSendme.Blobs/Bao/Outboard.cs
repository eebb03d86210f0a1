using AltSendme.Blobs.Blake3;

namespace AltSendme.Blobs.Bao;

/// <summary>
/// The upper part of a blob's tree, kept in memory while the blob is shared: chaining values of its blocks of 1 MiB and of the parents above them, 64 bytes a MiB.
/// The nodes inside a block are computed again from the block's bytes when it is served, which is also what proves that the bytes have not changed.
/// Immutable, any number of readers at once.
/// </summary>
public sealed class Outboard
{
    /// <summary>Level of a block in the tree: 2^10 chunks, 1 MiB.</summary>
    public const int BlockLevel = 10;

    /// <summary>Bytes of a block.</summary>
    public const int BlockSize = TreeGeometry.ChunkSize << BlockLevel;

    /// <summary>One array a level from the blocks up to the root's children. The last node of a level without a right sibling is repeated on the next one.</summary>
    private readonly Hash[][] _levels;

    private Outboard(Hash root, TreeGeometry geometry, Hash[][] levels)
    {
        Root = root;
        Geometry = geometry;
        _levels = levels;
    }

    /// <summary>The blob's hash.</summary>
    public Hash Root { get; }

    /// <summary>Bytes of the blob.</summary>
    public long Size => Geometry.Size;

    /// <summary>The shape of the blob's tree.</summary>
    public TreeGeometry Geometry { get; }

    /// <summary>Blocks of a blob of <paramref name="size"/> bytes.</summary>
    public static long BlockCountOf(long size) => Math.Max(1, size / BlockSize + (size % BlockSize == 0 ? 0 : 1));

    /// <summary>Builds the tree above the blocks and checks that it leads to <paramref name="root"/>.</summary>
    /// <param name="root">The blob's hash.</param>
    /// <param name="size">Bytes of the blob; more than one block, since a single block's value is the hash itself.</param>
    /// <param name="blockValues">The chaining value of each block in order.</param>
    /// <exception cref="ArgumentException">The number of blocks does not fit <paramref name="size"/>, or they belong to another blob.</exception>
    public static Outboard FromBlocks(Hash root, long size, ReadOnlySpan<Hash> blockValues)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(size, BlockSize);
        if (blockValues.Length != BlockCountOf(size))
            throw new ArgumentException($"A blob of {size} bytes has {BlockCountOf(size)} blocks, not {blockValues.Length}.", nameof(blockValues));

        var geometry = new TreeGeometry(size);
        var levels = new Hash[geometry.Root.Level - BlockLevel][];
        levels[0] = blockValues.ToArray();
        for (var level = 1; level < levels.Length; level++)
            levels[level] = ParentsOf(levels[level - 1]);
        return Subtree.Parent(levels[^1][0], levels[^1][1], isRoot: true) == root
            ? new Outboard(root, geometry, levels)
            : throw new ArgumentException($"The blocks are not those of the blob {root}.", nameof(blockValues));
    }

    /// <summary>The chaining value of a node at or above the blocks and below the root; the last node of a level may be named by its canonical or by its nominal level.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such node.</exception>
    public Hash ChainingValue(TreeNode node)
    {
        var level = Math.Max(node.Level, BlockLevel);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(level - BlockLevel, _levels.Length, nameof(node));
        var values = _levels[level - BlockLevel];
        var index = node.FirstChunk >> level;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, (ulong)values.Length, nameof(node));
        return values[(int)index];
    }

    private static Hash[] ParentsOf(Hash[] children)
    {
        var parents = new Hash[(children.Length + 1) / 2];
        for (var i = 0; i < parents.Length; i++)
            parents[i] = 2 * i + 1 < children.Length ? Subtree.Parent(children[2 * i], children[2 * i + 1], isRoot: false) : children[2 * i];
        return parents;
    }
}
