using AltSendme.Blobs.Blake3;

namespace AltSendme.Blobs.Bao;

/// <summary>
/// The nodes of one block of 1 MiB, from its groups up to its top, computed from its bytes. A last node without a right sibling is repeated on the level above.
/// Used again for each block.
/// </summary>
internal sealed class BlockTree
{
    private const int MaxGroups = Outboard.BlockSize / TreeGeometry.GroupSize;

    private readonly Hash[][] _levels = new Hash[Outboard.BlockLevel - TreeGeometry.GroupLevel + 1][];
    private ulong _firstChunk;

    public BlockTree()
    {
        for (var level = 0; level < _levels.Length; level++)
            _levels[level] = new Hash[MaxGroups >> level];
    }

    /// <summary>Begins with the block whose first chunk is <paramref name="firstChunk"/>.</summary>
    public void Begin(ulong firstChunk) => _firstChunk = firstChunk;

    /// <summary>Hashes one or more groups of the block, of which only the block's last may be incomplete.</summary>
    public void HashGroups(ReadOnlySpan<byte> content, ulong firstChunk)
    {
        var first = IndexOf(firstChunk, TreeGeometry.GroupLevel);
        var whole = content.Length / TreeGeometry.GroupSize;
        Subtree.ChainingValues(content[..(whole * TreeGeometry.GroupSize)], firstChunk, TreeGeometry.GroupLevel, _levels[0].AsSpan(first));
        var rest = content[(whole * TreeGeometry.GroupSize)..];
        if (rest.Length > 0)
            _levels[0][first + whole] = Subtree.ChainingValue(rest, firstChunk + ((ulong)whole << TreeGeometry.GroupLevel), isRoot: false);
    }

    /// <summary>Computes the parents above <paramref name="groups"/> groups, at least two, and returns the block's own value.</summary>
    public Hash Close(int groups, bool isRoot)
    {
        var level = 0;
        for (var count = groups; count > (isRoot ? 2 : 1); count = (count + 1) / 2, level++)
        {
            Hash[] children = _levels[level], parents = _levels[level + 1];
            Subtree.Parents(children.AsSpan(0, count & ~1), parents);
            if ((count & 1) == 1)
                parents[count / 2] = children[count - 1];
        }

        if (isRoot)
            return Subtree.Parent(_levels[level][0], _levels[level][1], isRoot: true);
        return _levels[level][0];
    }

    /// <summary>The value of a node of the block, named by its nominal level, which is that of a group or higher.</summary>
    public ref readonly Hash this[TreeNode node] => ref _levels[node.Level - TreeGeometry.GroupLevel][IndexOf(node.FirstChunk, node.Level)];

    private int IndexOf(ulong chunk, int level) => (int)((chunk - _firstChunk) >> level);
}
