using System.Buffers.Binary;

namespace AltSendme.Primitives.Encoding;

/// <summary>Variable-length integers of QUIC: 1, 2, 4 or 8 bytes, the two top bits give the length (RFC 9000, section 16).</summary>
public static class QuicVarInt
{
    /// <summary>The largest number that can be written: 2^62 - 1.</summary>
    public const ulong MaxValue = (1UL << 62) - 1;

    /// <summary>The longest encoding in bytes.</summary>
    public const int MaxLength = 8;

    /// <summary>Bytes that <paramref name="value"/> takes in its shortest form.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is above <see cref="MaxValue"/>.</exception>
    public static int Length(ulong value) => value switch
    {
        < 1UL << 6 => 1,
        < 1UL << 14 => 2,
        < 1UL << 30 => 4,
        <= MaxValue => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "A QUIC variable-length integer holds at most 2^62 - 1."),
    };

    /// <summary>Reads a number; any of the encodings of a value is accepted, as the RFC asks.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out ulong value, out int length)
    {
        value = 0;
        length = 0;
        if (source.IsEmpty)
            return false;

        var wanted = 1 << (source[0] >> 6);
        if (source.Length < wanted)
            return false;

        length = wanted;
        value = wanted switch
        {
            1 => (uint)source[0] & 0x3F,
            2 => (uint)BinaryPrimitives.ReadUInt16BigEndian(source) & 0x3FFF,
            4 => BinaryPrimitives.ReadUInt32BigEndian(source) & 0x3FFF_FFFF,
            _ => BinaryPrimitives.ReadUInt64BigEndian(source) & MaxValue,
        };
        return true;
    }

    /// <summary>Writes <paramref name="value"/> in its shortest form and returns the bytes written.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is above <see cref="MaxValue"/>.</exception>
    public static int Write(Span<byte> destination, ulong value)
    {
        var length = Length(value);
        if (destination.Length < length)
            throw new ArgumentException($"{length} bytes are needed, {destination.Length} are there.", nameof(destination));

        switch (length)
        {
            case 1:
                destination[0] = (byte)value;
                break;
            case 2:
                BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)(value | 0x4000));
                break;
            case 4:
                BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)value | 0x8000_0000);
                break;
            default:
                BinaryPrimitives.WriteUInt64BigEndian(destination, value | 0xC000_0000_0000_0000);
                break;
        }

        return length;
    }
}
