using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace AltSendme.Blobs.Blake3;

/// <summary>The compression function in plain integers (BLAKE3 paper, section 2.2): runs anywhere, and is what all other code is tested against.</summary>
internal static class PlainCompression
{
    /// <inheritdoc cref="Compression.Compress"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    public static void Compress(ReadOnlySpan<uint> value, ReadOnlySpan<byte> block, int length, ulong counter, NodeFlags flags, Span<uint> output)
    {
        Debug.Assert(block.Length == Parameters.BlockLength && length <= Parameters.BlockLength && output.Length == 16);
        Span<uint> m = stackalloc uint[16];
        for (var i = 0; i < m.Length; i++)
            m[i] = BinaryPrimitives.ReadUInt32LittleEndian(block[(i * sizeof(uint))..]);

        var iv = Parameters.InitialValue;
        uint v0 = value[0], v1 = value[1], v2 = value[2], v3 = value[3], v4 = value[4], v5 = value[5], v6 = value[6], v7 = value[7];
        uint v8 = iv[0], v9 = iv[1], v10 = iv[2], v11 = iv[3], v12 = (uint)counter, v13 = (uint)(counter >> 32), v14 = (uint)length, v15 = (uint)flags;

        for (var round = 0; round < Parameters.Rounds; round++)
        {
            var s = Parameters.Schedule.Slice(round * 16, 16);
            Mix(ref v0, ref v4, ref v8, ref v12, m[s[0]], m[s[1]]);
            Mix(ref v1, ref v5, ref v9, ref v13, m[s[2]], m[s[3]]);
            Mix(ref v2, ref v6, ref v10, ref v14, m[s[4]], m[s[5]]);
            Mix(ref v3, ref v7, ref v11, ref v15, m[s[6]], m[s[7]]);
            Mix(ref v0, ref v5, ref v10, ref v15, m[s[8]], m[s[9]]);
            Mix(ref v1, ref v6, ref v11, ref v12, m[s[10]], m[s[11]]);
            Mix(ref v2, ref v7, ref v8, ref v13, m[s[12]], m[s[13]]);
            Mix(ref v3, ref v4, ref v9, ref v14, m[s[14]], m[s[15]]);
        }

        // The upper half is written first: it needs the input, which the lower half may overwrite.
        output[8] = v8 ^ value[0];
        output[9] = v9 ^ value[1];
        output[10] = v10 ^ value[2];
        output[11] = v11 ^ value[3];
        output[12] = v12 ^ value[4];
        output[13] = v13 ^ value[5];
        output[14] = v14 ^ value[6];
        output[15] = v15 ^ value[7];
        output[0] = v0 ^ v8;
        output[1] = v1 ^ v9;
        output[2] = v2 ^ v10;
        output[3] = v3 ^ v11;
        output[4] = v4 ^ v12;
        output[5] = v5 ^ v13;
        output[6] = v6 ^ v14;
        output[7] = v7 ^ v15;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(ref uint a, ref uint b, ref uint c, ref uint d, uint x, uint y)
    {
        a += b + x;
        d = BitOperations.RotateRight(d ^ a, 16);
        c += d;
        b = BitOperations.RotateRight(b ^ c, 12);
        a += b + y;
        d = BitOperations.RotateRight(d ^ a, 8);
        c += d;
        b = BitOperations.RotateRight(b ^ c, 7);
    }
}
