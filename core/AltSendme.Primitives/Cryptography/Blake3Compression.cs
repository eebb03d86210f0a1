using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace AltSendme.Primitives.Cryptography;

/// <summary>
/// BLAKE3's compression function in plain integers, and the numbers that it is made of (BLAKE3 paper, sections 2.1 and 2.2). Hashes of any length and their vectorised code are the content library's; whoever needs a block
/// or two takes this.
/// </summary>
public static class Blake3Compression
{
    /// <summary>Bytes that one compression takes in.</summary>
    public const int BlockLength = 64;

    /// <summary>Words of the state, and so of what one compression gives out.</summary>
    public const int StateWords = 16;

    /// <summary>Rounds of one compression.</summary>
    public const int Rounds = 7;

    /// <summary>The key of the unkeyed modes, and what fills the third row of every state: SHA-256's initial value.</summary>
    public static ReadOnlySpan<uint> InitialValue => [0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19];

    /// <summary>Which message word each round takes in which place: row r is the permutation of table 2, applied r times.</summary>
    public static ReadOnlySpan<byte> Schedule =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8,
        3, 4, 10, 12, 13, 2, 7, 14, 6, 5, 9, 0, 11, 15, 8, 1,
        10, 7, 12, 9, 14, 3, 13, 15, 4, 0, 11, 2, 5, 8, 1, 6,
        12, 13, 9, 11, 15, 10, 14, 8, 7, 2, 5, 3, 0, 1, 6, 4,
        9, 14, 11, 5, 8, 12, 15, 1, 13, 3, 0, 10, 2, 6, 4, 7,
        11, 15, 5, 0, 1, 9, 8, 6, 14, 10, 2, 12, 3, 4, 7, 13,
    ];

    /// <summary>Compresses one block. It runs anywhere, and is what all other code is tested against.</summary>
    /// <param name="value">The chaining value before, 8 words.</param>
    /// <param name="block">64 bytes, zeroes behind the content.</param>
    /// <param name="length">Bytes of content in the block.</param>
    /// <param name="counter">The chunk's number, or the place in extended output.</param>
    /// <param name="flags">The node's flags (table 3).</param>
    /// <param name="output">16 words; the first 8 are the chaining value after. It may be where <paramref name="value"/> is.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    public static void Compress(ReadOnlySpan<uint> value, ReadOnlySpan<byte> block, int length, ulong counter, uint flags, Span<uint> output)
    {
        Debug.Assert(block.Length == BlockLength && length <= BlockLength && output.Length == StateWords);
        Span<uint> m = stackalloc uint[StateWords];
        for (var i = 0; i < m.Length; i++)
            m[i] = BinaryPrimitives.ReadUInt32LittleEndian(block[(i * sizeof(uint))..]);

        var iv = InitialValue;
        uint v0 = value[0], v1 = value[1], v2 = value[2], v3 = value[3], v4 = value[4], v5 = value[5], v6 = value[6], v7 = value[7];
        uint v8 = iv[0], v9 = iv[1], v10 = iv[2], v11 = iv[3], v12 = (uint)counter, v13 = (uint)(counter >> 32), v14 = (uint)length, v15 = flags;

        for (var round = 0; round < Rounds; round++)
        {
            var s = Schedule.Slice(round * StateWords, StateWords);
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
