using AltSendme.Primitives.Encoding;

namespace AltSendme.Quic.Tls.Wire;

/// <summary>Reads vectors, which carry their length in front (RFC 8446, section 3.4), without copying them.</summary>
internal static class VectorReader
{
    /// <summary>A vector with a length of one byte.</summary>
    public static bool TryReadVector8(this scoped ref SpanReader reader, out ReadOnlySpan<byte> vector)
    {
        vector = default;
        return reader.TryReadByte(out var length) && reader.TryReadBytes(length, out vector);
    }

    /// <summary>A vector with a length of two bytes.</summary>
    public static bool TryReadVector16(this scoped ref SpanReader reader, out ReadOnlySpan<byte> vector)
    {
        vector = default;
        return reader.TryReadUInt16BigEndian(out var length) && reader.TryReadBytes(length, out vector);
    }

    /// <summary>A vector with a length of three bytes.</summary>
    public static bool TryReadVector24(this scoped ref SpanReader reader, out ReadOnlySpan<byte> vector)
    {
        vector = default;
        return reader.TryReadByte(out var high) && reader.TryReadUInt16BigEndian(out var low)
            && reader.TryReadBytes((high << 16) | low, out vector);
    }

    /// <summary>Reads <paramref name="body"/> as exactly one non-empty vector with a length of one byte.</summary>
    public static bool TryReadWhole8(ReadOnlySpan<byte> body, out ReadOnlySpan<byte> vector)
    {
        var reader = new SpanReader(body);
        return reader.TryReadVector8(out vector) && reader.IsAtEnd && !vector.IsEmpty;
    }

    /// <summary>Reads <paramref name="body"/> as exactly one non-empty vector with a length of two bytes.</summary>
    public static bool TryReadWhole16(ReadOnlySpan<byte> body, out ReadOnlySpan<byte> vector)
    {
        var reader = new SpanReader(body);
        return reader.TryReadVector16(out vector) && reader.IsAtEnd && !vector.IsEmpty;
    }

    /// <summary>Reads <paramref name="body"/> as exactly one non-empty list of 16-bit numbers.</summary>
    public static bool TryReadUInt16List(ReadOnlySpan<byte> body, out UInt16List list)
    {
        var valid = TryReadWhole16(body, out var vector) && vector.Length % sizeof(ushort) == 0;
        list = valid ? new UInt16List(vector) : default;
        return valid;
    }
}
