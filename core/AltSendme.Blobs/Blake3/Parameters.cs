using AltSendme.Primitives.Cryptography;

namespace AltSendme.Blobs.Blake3;

/// <summary>The numbers of BLAKE3's tree (BLAKE3 paper, section 2.1).</summary>
internal static class Parameters
{
    /// <summary>Bytes that one compression takes in.</summary>
    public const int BlockLength = Blake3Compression.BlockLength;

    /// <summary>Bytes of a leaf of the tree.</summary>
    public const int ChunkLength = 1024;

    /// <summary>Bytes of a chaining value, of a key and of a hash of default length.</summary>
    public const int ValueLength = 32;

    /// <summary>Rounds of one compression.</summary>
    public const int Rounds = Blake3Compression.Rounds;

    /// <inheritdoc cref="Blake3Compression.InitialValue"/>
    public static ReadOnlySpan<uint> InitialValue => Blake3Compression.InitialValue;

    /// <inheritdoc cref="Blake3Compression.Schedule"/>
    public static ReadOnlySpan<byte> Schedule => Blake3Compression.Schedule;
}
