using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace AltSendme.Blobs.Blake3;

/// <summary>A key as the compression takes it.</summary>
[InlineArray(8)]
internal struct KeyWords
{
    private uint _first;

    /// <summary>Reads 32 bytes.</summary>
    public static KeyWords Of(ReadOnlySpan<byte> key)
    {
        KeyWords words = default;
        for (var i = 0; i < 8; i++)
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(key[(i * sizeof(uint))..]);
        return words;
    }

    /// <summary>Overwrites the key with zeros.</summary>
    public void Wipe() => CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes((Span<uint>)this));
}
