using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Packets;

namespace AltSendme.Quic.Frames;

/// <summary>MAX_STREAM_DATA (RFC 9000, section 19.10): credit for one stream.</summary>
/// <param name="StreamId">The stream.</param>
/// <param name="Maximum">Bytes that may be sent on it.</param>
internal readonly record struct MaxStreamDataFrame(ulong StreamId, ulong Maximum)
{
    private static readonly TransportError Truncated = TransportError.FrameEncoding("MAX_STREAM_DATA is truncated");

    /// <summary>Bytes that <see cref="Write"/> takes.</summary>
    public int Length => 1 + QuicVarInt.Length(StreamId) + QuicVarInt.Length(Maximum);

    /// <summary>Reads a frame whose type was read.</summary>
    public static bool TryRead(ref SpanReader reader, out MaxStreamDataFrame frame, out TransportError error)
    {
        if (!reader.TryReadVarInt(out var v0) || !reader.TryReadVarInt(out var v1))
        {
            frame = default;
            error = Truncated;
            return false;
        }

        frame = new MaxStreamDataFrame(v0, v1);
        error = default;
        return true;
    }

    /// <summary>Writes the frame.</summary>
    public void Write(ref PacketWriter writer)
    {
        writer.WriteByte((byte)FrameType.MaxStreamData);
        writer.WriteVarInt(StreamId);
        writer.WriteVarInt(Maximum);
    }
}
