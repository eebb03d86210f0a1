using AltSendme.Primitives.Encoding;

namespace AltSendme.Quic.Packets;

/// <summary>The part of a long header that is the same in every version (RFC 8999, section 5.1). Ids may be up to 255 bytes here.</summary>
internal readonly ref struct InvariantHeader
{
    /// <summary>The packet's version.</summary>
    public required uint Version { get; init; }

    /// <summary>Destination connection id.</summary>
    public required ReadOnlySpan<byte> Destination { get; init; }

    /// <summary>Source connection id.</summary>
    public required ReadOnlySpan<byte> Source { get; init; }

    /// <summary>Whether a datagram begins with a long header.</summary>
    public static bool IsLong(ReadOnlySpan<byte> datagram) => !datagram.IsEmpty && (datagram[0] & HeaderBits.LongForm) != 0;

    /// <summary>Reads the invariant part; false when the bytes are no long header or too few.</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out InvariantHeader header)
    {
        header = default;
        var reader = new SpanReader(datagram);
        if (!reader.TryReadByte(out var first) || (first & HeaderBits.LongForm) == 0
            || !reader.TryReadUInt32BigEndian(out var version)
            || !reader.TryReadByte(out var destinationLength) || !reader.TryReadBytes(destinationLength, out var destination)
            || !reader.TryReadByte(out var sourceLength) || !reader.TryReadBytes(sourceLength, out var source))
            return false;

        header = new InvariantHeader { Version = version, Destination = destination, Source = source };
        return true;
    }
}
