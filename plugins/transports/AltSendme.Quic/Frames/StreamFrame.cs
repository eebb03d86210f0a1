using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Packets;

namespace AltSendme.Quic.Frames;

/// <summary>STREAM (RFC 9000, section 19.8): bytes of a stream, with offset, length and end as the type's flags say.</summary>
internal readonly ref struct StreamFrame
{
    private const byte FinBit = 0x01;
    private const byte LengthBit = 0x02;
    private const byte OffsetBit = 0x04;
    private static readonly TransportError Truncated = TransportError.FrameEncoding("STREAM is truncated");
    private static readonly TransportError TooFar = TransportError.FrameEncoding("STREAM ends beyond offset 2^62 - 1");

    /// <summary>The stream.</summary>
    public required ulong StreamId { get; init; }

    /// <summary>Offset of the first byte.</summary>
    public required ulong Offset { get; init; }

    /// <summary>The bytes.</summary>
    public required ReadOnlySpan<byte> Data { get; init; }

    /// <summary>Whether the stream ends with this frame.</summary>
    public required bool IsFin { get; init; }

    /// <summary>Reads a frame whose type was read.</summary>
    public static bool TryRead(ref SpanReader reader, ulong type, out StreamFrame frame, out TransportError error)
    {
        frame = default;
        error = Truncated;
        var offset = 0UL;
        if (!reader.TryReadVarInt(out var id) || ((type & OffsetBit) != 0 && !reader.TryReadVarInt(out offset)))
            return false;

        var length = (ulong)reader.Remaining.Length;
        if (((type & LengthBit) != 0 && !reader.TryReadVarInt(out length)) || length > (ulong)reader.Remaining.Length)
            return false;
        if (offset + length > QuicVarInt.MaxValue)
        {
            error = TooFar;
            return false;
        }

        reader.TryReadBytes((long)length, out var data);
        error = default;
        frame = new StreamFrame { StreamId = id, Offset = offset, Data = data, IsFin = (type & FinBit) != 0 };
        return true;
    }

    /// <summary>Bytes before the data when a length field of two bytes is written.</summary>
    public static int HeaderLength(ulong streamId, ulong offset) => 1 + QuicVarInt.Length(streamId) + (offset == 0 ? 0 : QuicVarInt.Length(offset)) + 2;

    /// <summary>Writes everything up to the data, which the caller copies behind it. <paramref name="length"/> is at most 16383, so that its field can be two bytes.</summary>
    public static void WriteHeader(ref PacketWriter writer, ulong streamId, ulong offset, int length, bool isFin)
    {
        writer.WriteByte((byte)(FrameType.Stream | LengthBit | (isFin ? FinBit : 0u) | (offset == 0 ? 0u : OffsetBit)));
        writer.WriteVarInt(streamId);
        if (offset != 0)
            writer.WriteVarInt(offset);
        writer.WriteVarInt2(length);
    }
}
