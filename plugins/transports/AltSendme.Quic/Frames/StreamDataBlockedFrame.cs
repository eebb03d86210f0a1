using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Packets;

namespace AltSendme.Quic.Frames;

/// <summary>STREAM_DATA_BLOCKED (RFC 9000, section 19.13): the sender would send more if the stream's credit allowed.</summary>
/// <param name="StreamId">The stream.</param>
/// <param name="Limit">The credit at which it stands.</param>
internal readonly record struct StreamDataBlockedFrame(ulong StreamId, ulong Limit)
{
    private static readonly TransportError Truncated = TransportError.FrameEncoding("STREAM_DATA_BLOCKED is truncated");

    /// <summary>Bytes that <see cref="Write"/> takes.</summary>
    public int Length => 1 + QuicVarInt.Length(StreamId) + QuicVarInt.Length(Limit);

    /// <summary>Reads a frame whose type was read.</summary>
    public static bool TryRead(ref SpanReader reader, out StreamDataBlockedFrame frame, out TransportError error)
    {
        if (!reader.TryReadVarInt(out var v0) || !reader.TryReadVarInt(out var v1))
        {
            frame = default;
            error = Truncated;
            return false;
        }

        frame = new StreamDataBlockedFrame(v0, v1);
        error = default;
        return true;
    }

    /// <summary>Writes the frame.</summary>
    public void Write(ref PacketWriter writer)
    {
        writer.WriteByte((byte)FrameType.StreamDataBlocked);
        writer.WriteVarInt(StreamId);
        writer.WriteVarInt(Limit);
    }
}
