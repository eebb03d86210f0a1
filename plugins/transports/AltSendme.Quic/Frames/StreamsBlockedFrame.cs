using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Packets;
using AltSendme.Quic.Streams;

namespace AltSendme.Quic.Frames;

/// <summary>STREAMS_BLOCKED (RFC 9000, section 19.14): the peer would open more streams if it could.</summary>
/// <param name="Direction">Which kind of streams.</param>
/// <param name="Limit">The limit at which it stands.</param>
internal readonly record struct StreamsBlockedFrame(StreamDirection Direction, ulong Limit)
{
    private static readonly TransportError Truncated = TransportError.FrameEncoding("STREAMS_BLOCKED is truncated");
    private static readonly TransportError TooMany = TransportError.FrameEncoding("STREAMS_BLOCKED exceeds 2^60");

    /// <summary>Bytes that <see cref="Write"/> takes.</summary>
    public int Length => 1 + QuicVarInt.Length(Limit);

    /// <summary>Reads a frame whose type was read.</summary>
    public static bool TryRead(ref SpanReader reader, StreamDirection direction, out StreamsBlockedFrame frame, out TransportError error)
    {
        frame = default;
        error = Truncated;
        if (!reader.TryReadVarInt(out var value))
            return false;
        if (value > MaxStreamsFrame.MaxStreams)
        {
            error = TooMany;
            return false;
        }

        frame = new StreamsBlockedFrame(direction, value);
        error = default;
        return true;
    }

    /// <summary>Writes the frame.</summary>
    public void Write(ref PacketWriter writer)
    {
        writer.WriteByte((byte)(Direction == StreamDirection.Bidirectional ? FrameType.StreamsBlockedBidirectional : FrameType.StreamsBlockedUnidirectional));
        writer.WriteVarInt(Limit);
    }
}
