namespace AltSendme.Blobs.Blake3;

/// <summary>
/// BLAKE3 as a tree: chaining values of subtrees and parents, which is what verified streaming is made of (BLAKE3 paper, section 2.1).
/// A chunk has 1024 bytes; a subtree is a run of chunks whose first chunk number is a multiple of its (rounded up) size.
/// </summary>
public static class Subtree
{
    /// <summary>
    /// The chaining value of the subtree that covers <paramref name="data"/>, or, when <paramref name="isRoot"/>, the hash of the blob that <paramref name="data"/> is. Any length;
    /// zero only for the root. Vectorised, one thread.
    /// </summary>
    /// <param name="data">The content of the subtree.</param>
    /// <param name="firstChunk">Number of the first chunk of <paramref name="data"/> in its blob; 0 for the root.</param>
    /// <param name="isRoot">Whether the subtree is the whole blob.</param>
    public static Hash ChainingValue(ReadOnlySpan<byte> data, ulong firstChunk, bool isRoot) => throw new PlatformNotSupportedException();

    /// <summary>
    /// The chaining values of consecutive complete subtrees of equal size, none of them a root: the fastest way to many of them, since parents of different subtrees share vector lanes.
    /// </summary>
    /// <param name="data">A multiple of 1024 &lt;&lt; <paramref name="level"/> bytes.</param>
    /// <param name="firstChunk">Number of the first chunk.</param>
    /// <param name="level">Each subtree has 2^level chunks: 0 for chunks, 4 for groups of 16 KiB.</param>
    /// <param name="values">Receives one value a subtree.</param>
    public static void ChainingValues(ReadOnlySpan<byte> data, ulong firstChunk, int level, Span<Hash> values) => throw new PlatformNotSupportedException();

    /// <summary>The chaining value of a parent node, or the blob's hash when the parent is the root.</summary>
    public static Hash Parent(in Hash left, in Hash right, bool isRoot) => throw new PlatformNotSupportedException();
}
