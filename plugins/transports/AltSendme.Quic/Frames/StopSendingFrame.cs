using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Packets;

namespace AltSendme.Quic.Frames;

/// <summary>STOP_SENDING (RFC 9000, section 19.5): the receiver no longer wants a stream.</summary>
/// <param name="StreamId">The stream.</param>
/// <param name="ErrorCode">The application's code.</param>
internal readonly record struct StopSendingFrame(ulong StreamId, ulong ErrorCode)
{
    private static readonly TransportError Truncated = TransportError.FrameEncoding("STOP_SENDING is truncated");

    /// <summary>Bytes that <see cref="Write"/> takes.</summary>
    public int Length => 1 + QuicVarInt.Length(StreamId) + QuicVarInt.Length(ErrorCode);

    /// <summary>Reads a frame whose type was read.</summary>
    public static bool TryRead(ref SpanReader reader, out StopSendingFrame frame, out TransportError error)
    {
        if (!reader.TryReadVarInt(out var v0) || !reader.TryReadVarInt(out var v1))
        {
            frame = default;
            error = Truncated;
            return false;
        }

        frame = new StopSendingFrame(v0, v1);
        error = default;
        return true;
    }

    /// <summary>Writes the frame.</summary>
    public void Write(ref PacketWriter writer)
    {
        writer.WriteByte((byte)FrameType.StopSending);
        writer.WriteVarInt(StreamId);
        writer.WriteVarInt(ErrorCode);
    }
}
