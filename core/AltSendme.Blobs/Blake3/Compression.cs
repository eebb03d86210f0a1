using System.Runtime.Intrinsics.X86;
using AltSendme.Primitives.Cryptography;

namespace AltSendme.Blobs.Blake3;

/// <summary>The compression function of a single block (BLAKE3 paper, section 2.2).</summary>
internal static class Compression
{
    /// <summary>Compresses one block.</summary>
    /// <param name="value">Eight words of input chaining value.</param>
    /// <param name="block">64 bytes, zeros behind the last of <paramref name="length"/>.</param>
    /// <param name="length">Bytes of the block that count.</param>
    /// <param name="counter">Number of the chunk, or of the output block of a root; 0 in parents.</param>
    /// <param name="flags">What the block is.</param>
    /// <param name="output">Sixteen words: the first eight are the chaining value, all of them 64 bytes of extended output. May be <paramref name="value"/>'s memory.</param>
    public static void Compress(ReadOnlySpan<uint> value, ReadOnlySpan<byte> block, int length, ulong counter, NodeFlags flags, Span<uint> output)
    {
        if (Sse41.IsSupported)
            RowCompression.Compress(value, block, length, counter, flags, output);
        else
            Blake3Compression.Compress(value, block, length, counter, (uint)flags, output);
    }
}
