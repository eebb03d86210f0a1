namespace AltSendme.Quic.Packets;

/// <summary>Truncated packet numbers (RFC 9000, section 17.1 and appendices A.2 and A.3).</summary>
internal static class PacketNumberCodec
{
    /// <summary>The largest packet number: 2^62 - 1 (RFC 9000, section 12.3).</summary>
    public const ulong MaxValue = (1UL << 62) - 1;

    /// <summary>Bytes to send so that the peer can tell <paramref name="packetNumber"/> from all others in flight. <paramref name="firstUnacknowledged"/> is one above the largest acknowledged, or 0.</summary>
    public static int Length(ulong packetNumber, ulong firstUnacknowledged) => ((packetNumber - firstUnacknowledged + 1) * 2) switch
    {
        <= 1UL << 8 => 1,
        <= 1UL << 16 => 2,
        <= 1UL << 24 => 3,
        _ => 4,
    };

    /// <summary>Writes the lowest bytes of a packet number.</summary>
    public static void Write(ref PacketWriter writer, ulong packetNumber, int length)
    {
        for (var shift = (length - 1) * 8; shift >= 0; shift -= 8)
            writer.WriteByte((byte)(packetNumber >> shift));
    }

    /// <summary>Reads the bytes of a truncated packet number.</summary>
    public static ulong ReadTruncated(ReadOnlySpan<byte> bytes)
    {
        var value = 0UL;
        foreach (var b in bytes)
            value = (value << 8) | b;
        return value;
    }

    /// <summary>Finds the full number closest to <paramref name="expected"/> (one above the largest received) that ends in these bytes.</summary>
    public static ulong Expand(ulong truncated, int length, ulong expected)
    {
        var window = 1UL << (length * 8);
        var half = window / 2;
        var candidate = (expected & ~(window - 1)) | truncated;
        if (candidate + half <= expected && candidate <= MaxValue - window)
            return candidate + window;
        return candidate > expected + half && candidate >= window ? candidate - window : candidate;
    }
}
