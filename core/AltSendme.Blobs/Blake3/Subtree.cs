using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AltSendme.Blobs.Blake3;

/// <summary>
/// BLAKE3 as a tree: chaining values of subtrees and parents, which is what verified streaming is made of (BLAKE3 paper, section 2.1).
/// A chunk has 1024 bytes; a subtree is a run of chunks whose first chunk number is a multiple of its (rounded up) size.
/// </summary>
public static class Subtree
{
    /// <summary>The instructions that hash on this machine, for people: <c>AVX-512</c>, <c>AVX2</c> ...</summary>
    public static string Instructions => Kernels.Best.Name;

    /// <summary>
    /// The chaining value of the subtree that covers <paramref name="data"/>, or, when <paramref name="isRoot"/>, the hash of the blob that <paramref name="data"/> is. Any length;
    /// zero only for the root. Vectorised, one thread.
    /// </summary>
    /// <param name="data">The content of the subtree.</param>
    /// <param name="firstChunk">Number of the first chunk of <paramref name="data"/> in its blob; 0 for the root.</param>
    /// <param name="isRoot">Whether the subtree is the whole blob.</param>
    public static Hash ChainingValue(ReadOnlySpan<byte> data, ulong firstChunk, bool isRoot) =>
        Kernels.Best.Top(data, firstChunk, TreeMode.Hash).ToHash(isRoot);

    /// <summary>
    /// The chaining values of consecutive complete subtrees of equal size, none of them a root: the fastest way to many of them, since parents of different subtrees share vector lanes.
    /// </summary>
    /// <param name="data">A multiple of 1024 &lt;&lt; <paramref name="level"/> bytes.</param>
    /// <param name="firstChunk">Number of the first chunk.</param>
    /// <param name="level">Each subtree has 2^level chunks: 0 for chunks, 4 for groups of 16 KiB; at most 20.</param>
    /// <param name="values">Receives one value a subtree.</param>
    /// <exception cref="ArgumentException"><paramref name="data"/> is not made of complete subtrees, or <paramref name="values"/> is too short for them.</exception>
    public static void ChainingValues(ReadOnlySpan<byte> data, ulong firstChunk, int level, Span<Hash> values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, 20);
        var length = Parameters.ChunkLength << level;
        if (data.Length % length != 0)
            throw new ArgumentException($"{data.Length} bytes are not a multiple of {length}, the length of a subtree of level {level}.", nameof(data));
        if (values.Length < data.Length / length)
            throw new ArgumentException($"{data.Length / length} values do not fit into {values.Length} places.", nameof(values));
        Kernels.Best.Subtrees(data, firstChunk, level, TreeMode.Hash, MemoryMarshal.AsBytes(values));
    }

    /// <summary>The chaining value of a parent node, or the blob's hash when the parent is the root.</summary>
    [SkipLocalsInit]
    public static Hash Parent(in Hash left, in Hash right, bool isRoot)
    {
        Span<byte> children = stackalloc byte[Parameters.BlockLength];
        left.CopyTo(children);
        right.CopyTo(children[Hash.Length..]);
        return Node.OfParent(children, TreeMode.Hash).ToHash(isRoot);
    }

    /// <summary>The chaining values of many parents, none of them a root: faster than one by one from four on.</summary>
    /// <param name="children">The two children of each parent side by side.</param>
    /// <param name="parents">Receives one value a parent; may start where <paramref name="children"/> does.</param>
    /// <exception cref="ArgumentException"><paramref name="children"/> are odd in number, or <paramref name="parents"/> is too short for them.</exception>
    public static void Parents(ReadOnlySpan<Hash> children, Span<Hash> parents)
    {
        if (children.Length % 2 != 0)
            throw new ArgumentException($"{children.Length} children are no pairs.", nameof(children));
        if (parents.Length < children.Length / 2)
            throw new ArgumentException($"{children.Length / 2} values do not fit into {parents.Length} places.", nameof(parents));
        Kernels.Best.Parents(MemoryMarshal.AsBytes(children), TreeMode.Hash, MemoryMarshal.AsBytes(parents));
    }
}
