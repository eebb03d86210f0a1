using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Blake3;

namespace AltSendme.Blobs.Stores;

/// <summary>From content to the chaining values of its blocks, and from these to the root.</summary>
internal static class BlockHasher
{
    /// <summary>The values of consecutive blocks, the last of which may be shorter; none of them is the root.</summary>
    public static void HashBlocks(ReadOnlySpan<byte> data, long firstBlock, Span<Hash> values)
    {
        var complete = data.Length / Outboard.BlockSize;
        var rest = data[(complete * Outboard.BlockSize)..];
        var firstChunk = (ulong)firstBlock << Outboard.BlockLevel;
        Subtree.ChainingValues(data[..^rest.Length], firstChunk, Outboard.BlockLevel, values);
        if (!rest.IsEmpty)
            values[complete] = Subtree.ChainingValue(rest, firstChunk + ((ulong)complete << Outboard.BlockLevel), isRoot: false);
    }

    /// <summary>The hash of a blob that is in memory, and its outboard if it has more than one block.</summary>
    public static (Hash Root, Outboard? Outboard) Of(ReadOnlySpan<byte> content)
    {
        if (content.Length <= Outboard.BlockSize)
            return (Subtree.ChainingValue(content, 0, isRoot: true), null);
        var values = new Hash[Outboard.BlockCountOf(content.Length)];
        HashBlocks(content, 0, values);
        return Of(values, content.Length);
    }

    /// <summary>The root above at least two blocks, and their outboard.</summary>
    public static (Hash Root, Outboard? Outboard) Of(ReadOnlySpan<Hash> blocks, long size)
    {
        var root = RootOf(blocks);
        return (root, Outboard.FromBlocks(root, size, blocks));
    }

    private static Hash RootOf(ReadOnlySpan<Hash> blocks)
    {
        var layer = blocks.ToArray();
        var count = layer.Length;
        for (; count > 2; count = (count + 1) / 2)
        {
            for (var i = 0; i + 1 < count; i += 2)
                layer[i / 2] = Subtree.Parent(layer[i], layer[i + 1], isRoot: false);
            if (count % 2 == 1)
                layer[count / 2] = layer[count - 1];
        }

        return Subtree.Parent(layer[0], layer[1], isRoot: true);
    }
}
