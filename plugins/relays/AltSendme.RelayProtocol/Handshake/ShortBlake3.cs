using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace AltSendme.RelayProtocol;

/// <summary>
/// BLAKE3's key derivation for inputs of one block: all that the handshake needs of it. The content library has the whole of BLAKE3, made for gigabytes; a relay, which sees no content, does without it.
/// Source: the BLAKE3 paper, sections 2.2 (compression) and 2.3 (modes).
/// </summary>
internal static class ShortBlake3
{
    private const int BlockLength = 64;
    private const uint OneBlockChunkThatIsRoot = 1 | 2 | 8;
    private const uint DeriveKeyContext = 32;
    private const uint DeriveKeyMaterial = 64;

    private static ReadOnlySpan<uint> Iv => [0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19];

    private static ReadOnlySpan<byte> Permutation => [2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8];

    /// <summary>Derives 32 bytes from at most 64 bytes of <paramref name="material"/>, for one purpose that <paramref name="context"/> names in at most 64 bytes.</summary>
    public static void DeriveKey(ReadOnlySpan<byte> context, ReadOnlySpan<byte> material, Span<byte> key)
    {
        Span<uint> contextKey = stackalloc uint[8];
        Span<uint> words = stackalloc uint[8];
        Compress(Iv, context, DeriveKeyContext, contextKey);
        Compress(contextKey, material, DeriveKeyMaterial, words);
        for (var i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(key[(4 * i)..], words[i]);
    }

    private static void Compress(ReadOnlySpan<uint> key, ReadOnlySpan<byte> input, uint mode, Span<uint> output)
    {
        Span<byte> block = stackalloc byte[BlockLength];
        block.Clear();
        input.CopyTo(block);
        Span<uint> message = stackalloc uint[16];
        for (var i = 0; i < message.Length; i++)
            message[i] = BinaryPrimitives.ReadUInt32LittleEndian(block[(4 * i)..]);

        Span<uint> state = stackalloc uint[16];
        key[..8].CopyTo(state);
        Iv[..4].CopyTo(state[8..]);
        state[12] = 0;
        state[13] = 0;
        state[14] = (uint)input.Length;
        state[15] = OneBlockChunkThatIsRoot | mode;

        const int Rounds = 7;
        for (var round = 0; round < Rounds; round++)
        {
            Round(state, message);
            Permute(message);
        }

        for (var i = 0; i < 8; i++)
            output[i] = state[i] ^ state[i + 8];
    }

    private static void Round(Span<uint> state, ReadOnlySpan<uint> message)
    {
        for (var i = 0; i < 4; i++)
            Mix(ref state[i], ref state[4 + i], ref state[8 + i], ref state[12 + i], message[2 * i], message[(2 * i) + 1]);
        for (var i = 0; i < 4; i++)
            Mix(ref state[i], ref state[4 + ((i + 1) & 3)], ref state[8 + ((i + 2) & 3)], ref state[12 + ((i + 3) & 3)], message[8 + (2 * i)], message[9 + (2 * i)]);
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

    private static void Permute(Span<uint> message)
    {
        Span<uint> next = stackalloc uint[16];
        for (var i = 0; i < next.Length; i++)
            next[i] = message[Permutation[i]];
        next.CopyTo(message);
    }
}
