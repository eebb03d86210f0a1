using System.Buffers.Binary;
using AltSendme.Primitives.Cryptography;

namespace AltSendme.RelayProtocol;

/// <summary>BLAKE3's key derivation for inputs of one block: all that the handshake needs of it (BLAKE3 paper, section 2.3).</summary>
internal static class ShortBlake3
{
    private const uint OneBlockChunkThatIsRoot = 1 | 2 | 8;
    private const uint DeriveKeyContext = 32;
    private const uint DeriveKeyMaterial = 64;

    /// <summary>Derives 32 bytes from at most 64 bytes of <paramref name="material"/>, for one purpose that <paramref name="context"/> names in at most 64 bytes.</summary>
    public static void DeriveKey(ReadOnlySpan<byte> context, ReadOnlySpan<byte> material, Span<byte> key)
    {
        Span<uint> state = stackalloc uint[Blake3Compression.StateWords];
        Compress(Blake3Compression.InitialValue, context, DeriveKeyContext, state);
        Compress(state[..8], material, DeriveKeyMaterial, state);
        for (var i = 0; i < 8; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(key[(4 * i)..], state[i]);
    }

    private static void Compress(ReadOnlySpan<uint> value, ReadOnlySpan<byte> input, uint mode, Span<uint> output)
    {
        Span<byte> block = stackalloc byte[Blake3Compression.BlockLength];
        block.Clear();
        input.CopyTo(block);
        Blake3Compression.Compress(value, block, input.Length, counter: 0, OneBlockChunkThatIsRoot | mode, output);
    }
}
