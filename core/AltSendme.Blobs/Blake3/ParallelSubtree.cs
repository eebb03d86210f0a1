using System.Runtime.InteropServices;

namespace AltSendme.Blobs.Blake3;

/// <summary>BLAKE3 of large content in memory on several cores.</summary>
public static class ParallelSubtree
{
    // One MiB is hashed in about 0.2 ms: long against the hand-over to a thread, short enough that the cores finish together.
    private const int PieceLevel = 10;
    private const int PieceLength = Parameters.ChunkLength << PieceLevel;

    /// <summary>As <see cref="Subtree.ChainingValue"/>, on at most <paramref name="degree"/> threads, the caller's among them. Returns when it is done.</summary>
    /// <param name="data">The content of the subtree.</param>
    /// <param name="firstChunk">Number of the first chunk of <paramref name="data"/> in its blob; 0 for the root.</param>
    /// <param name="isRoot">Whether the subtree is the whole blob.</param>
    /// <param name="degree">At least 1.</param>
    /// <param name="cancellationToken">Ends the work between two pieces of a MiB.</param>
    public static Hash ChainingValue(ReadOnlyMemory<byte> data, ulong firstChunk, bool isRoot, int degree, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degree, 1);
        if (degree == 1 || data.Length <= 2 * PieceLength)
            return Subtree.ChainingValue(data.Span, firstChunk, isRoot);

        var values = new Hash[(int)(((uint)data.Length + PieceLength - 1) / PieceLength)];
        var options = new ParallelOptions { MaxDegreeOfParallelism = degree, CancellationToken = cancellationToken };
        Parallel.For(0, values.Length, options, piece =>
        {
            var content = data.Span[(piece * PieceLength)..];
            values[piece] = Subtree.ChainingValue(content[..Math.Min(content.Length, PieceLength)], firstChunk + ((ulong)piece << PieceLevel), isRoot: false);
        });

        // All pieces but the last are complete and equal, so that pairing them layer by layer gives the shape of the tree.
        var top = Kernels.Best.Join(MemoryMarshal.AsBytes(values.AsSpan()), TreeMode.Hash);
        return top.ToHash(isRoot);
    }
}
