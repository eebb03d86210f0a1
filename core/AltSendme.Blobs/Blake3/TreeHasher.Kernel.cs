using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace AltSendme.Blobs.Blake3;

/// <summary>
/// Hashes trees with <typeparamref name="TKernel"/>. A subtree is first reduced to one value a lane and no further, so that the parents above it are again as many as the kernel has lanes;
/// only at the top the last few are joined.
/// </summary>
internal sealed class TreeHasher<TKernel>(string name) : TreeHasher
    where TKernel : IKernel
{
    // 256 chunks reduce to 16 groups of 16 KiB: all four layers of parents below them fill 16 lanes.
    private const int BatchLevel = 8;

    private static int BatchLength => TKernel.Batch * Parameters.ChunkLength;

    private static int BatchValues => TKernel.Batch * Parameters.ValueLength;

    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override bool IsSupported => TKernel.IsSupported;

    /// <inheritdoc/>
    [SkipLocalsInit]
    public override Node Top(ReadOnlySpan<byte> data, ulong firstChunk, in TreeMode mode)
    {
        if (data.Length <= Parameters.ChunkLength)
            return Node.OfChunk(data, firstChunk, mode);
        if (data.Length <= BatchLength)
        {
            Span<byte> few = stackalloc byte[16 * Parameters.ValueLength];
            return Join(few[..Reduce(data, firstChunk, mode, few, default)], mode);
        }
        var depth = BitOperations.Log2((uint)(data.Length - 1) / (uint)BatchLength) + 1;
        var rented = ArrayPool<byte>.Shared.Rent(BatchValues + (depth * 2 * BatchValues));
        var values = rented.AsSpan(0, BatchValues);
        var top = Join(values[..Reduce(data, firstChunk, mode, values, rented.AsSpan(BatchValues))], mode);
        ArrayPool<byte>.Shared.Return(rented);
        return top;
    }

    /// <inheritdoc/>
    public override void Subtrees(ReadOnlySpan<byte> data, ulong firstChunk, int level, in TreeMode mode, Span<byte> values)
    {
        if (level == 0)
        {
            TKernel.HashChunks(data, firstChunk, mode, values);
            return;
        }
        if (level > BatchLevel)
        {
            var length = Parameters.ChunkLength << level;
            for (; !data.IsEmpty; data = data[length..])
            {
                Top(data[..length], firstChunk, mode).WriteValue(values);
                firstChunk += 1ul << level;
                values = values[Parameters.ValueLength..];
            }
            return;
        }
        var rented = ArrayPool<byte>.Shared.Rent(Parameters.ValueLength << BatchLevel);
        while (!data.IsEmpty)
        {
            var chunks = Math.Min(data.Length / Parameters.ChunkLength, 1 << BatchLevel);
            var length = chunks * Parameters.ChunkLength;
            var layer = rented.AsSpan(0, chunks * Parameters.ValueLength);
            TKernel.HashChunks(data[..length], firstChunk, mode, layer);
            for (var height = 1; height < level; height++)
            {
                TKernel.HashParents(layer, mode, layer);
                layer = layer[..(layer.Length / 2)];
            }
            TKernel.HashParents(layer, mode, values);
            values = values[(layer.Length / 2)..];
            data = data[length..];
            firstChunk += (uint)chunks;
        }
        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <inheritdoc/>
    public override void Parents(ReadOnlySpan<byte> children, in TreeMode mode, Span<byte> values) => TKernel.HashParents(children, mode, values);

    /// <inheritdoc/>
    public override Node Join(Span<byte> values, in TreeMode mode)
    {
        while (values.Length > Parameters.BlockLength)
            values = values[..Pair(values, mode, values)];
        return Node.OfParent(values, mode);
    }

    /// <summary>Reduces a subtree to at most <c>Batch</c> values, but never to one unless it is one chunk; returns how many bytes they take.</summary>
    private static int Reduce(ReadOnlySpan<byte> data, ulong firstChunk, in TreeMode mode, Span<byte> values, Span<byte> scratch)
    {
        if (data.Length <= BatchLength)
            return HashLeaves(data, firstChunk, mode, values);

        // The left subtree is the largest complete one that leaves something to the right (BLAKE3 paper, section 2.1).
        var left = (int)BitOperations.RoundUpToPowerOf2((uint)data.Length) / 2;
        var children = scratch[..(2 * BatchValues)];
        var below = scratch[children.Length..];
        var length = Reduce(data[..left], firstChunk, mode, children[..BatchValues], below);
        length += Reduce(data[left..], firstChunk + (uint)(left / Parameters.ChunkLength), mode, children[length..], below);
        return Pair(children[..length], mode, values);
    }

    private static int HashLeaves(ReadOnlySpan<byte> data, ulong firstChunk, in TreeMode mode, Span<byte> values)
    {
        var complete = data.Length / Parameters.ChunkLength;
        TKernel.HashChunks(data[..(complete * Parameters.ChunkLength)], firstChunk, mode, values);
        var length = complete * Parameters.ValueLength;
        var rest = data[(complete * Parameters.ChunkLength)..];
        if (rest.IsEmpty)
            return length;
        Node.OfChunk(rest, firstChunk + (uint)complete, mode).WriteValue(values[length..]);
        return length + Parameters.ValueLength;
    }

    /// <summary>One layer up; a value without a partner rises unchanged.</summary>
    private static int Pair(Span<byte> children, in TreeMode mode, Span<byte> values)
    {
        var paired = children.Length / Parameters.BlockLength * Parameters.BlockLength;
        TKernel.HashParents(children[..paired], mode, values);
        children[paired..].CopyTo(values[(paired / 2)..]);
        return (paired / 2) + children.Length - paired;
    }
}
