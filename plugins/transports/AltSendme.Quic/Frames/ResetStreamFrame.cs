using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Packets;

namespace AltSendme.Quic.Frames;

/// <summary>RESET_STREAM (RFC 9000, section 19.4): the sender abandons its part of a stream.</summary>
/// <param name="StreamId">The stream.</param>
/// <param name="ErrorCode">The application's code.</param>
/// <param name="FinalSize">Bytes of the stream that count for flow control.</param>
internal readonly record struct ResetStreamFrame(ulong StreamId, ulong ErrorCode, ulong FinalSize)
{
    private static readonly TransportError Truncated = TransportError.FrameEncoding("RESET_STREAM is truncated");

    /// <summary>Bytes that <see cref="Write"/> takes.</summary>
    public int Length => 1 + QuicVarInt.Length(StreamId) + QuicVarInt.Length(ErrorCode) + QuicVarInt.Length(FinalSize);

    /// <summary>Reads a frame whose type was read.</summary>
    public static bool TryRead(ref SpanReader reader, out ResetStreamFrame frame, out TransportError error)
    {
        if (!reader.TryReadVarInt(out var v0) || !reader.TryReadVarInt(out var v1) || !reader.TryReadVarInt(out var v2))
        {
            frame = default;
            error = Truncated;
            return false;
        }

        frame = new ResetStreamFrame(v0, v1, v2);
        error = default;
        return true;
    }

    /// <summary>Writes the frame.</summary>
    public void Write(ref PacketWriter writer)
    {
        writer.WriteByte((byte)FrameType.ResetStream);
        writer.WriteVarInt(StreamId);
        writer.WriteVarInt(ErrorCode);
        writer.WriteVarInt(FinalSize);
    }
}
