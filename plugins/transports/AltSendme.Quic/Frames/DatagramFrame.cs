using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Packets;

namespace AltSendme.Quic.Frames;

/// <summary>DATAGRAM (RFC 9221, section 4): bytes that are sent once.</summary>
internal readonly ref struct DatagramFrame
{
    private static readonly TransportError Truncated = TransportError.FrameEncoding("DATAGRAM is truncated");

    /// <summary>The bytes.</summary>
    public required ReadOnlySpan<byte> Data { get; init; }

    /// <summary>Reads a frame whose type was read.</summary>
    public static bool TryRead(ref SpanReader reader, bool hasLength, out DatagramFrame frame, out TransportError error)
    {
        frame = default;
        error = Truncated;
        var length = (ulong)reader.Remaining.Length;
        if ((hasLength && !reader.TryReadVarInt(out length)) || length > (ulong)reader.Remaining.Length)
            return false;

        reader.TryReadBytes((long)length, out var data);
        error = default;
        frame = new DatagramFrame { Data = data };
        return true;
    }

    /// <summary>Bytes that a frame with a length field takes.</summary>
    public static int Length(int dataLength) => 1 + QuicVarInt.Length((ulong)dataLength) + dataLength;

    /// <summary>Writes a frame with a length field.</summary>
    public static void Write(ref PacketWriter writer, ReadOnlySpan<byte> data)
    {
        writer.WriteByte((byte)FrameType.DatagramWithLength);
        writer.WriteVarInt((ulong)data.Length);
        writer.WriteBytes(data);
    }
}
