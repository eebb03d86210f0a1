using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Packets;
using AltSendme.Quic.Streams;

namespace AltSendme.Quic.Frames;

/// <summary>MAX_STREAMS (RFC 9000, section 19.11): how many streams may be opened in all.</summary>
/// <param name="Direction">Which kind of streams.</param>
/// <param name="Maximum">Streams that may be opened over the life of the connection.</param>
internal readonly record struct MaxStreamsFrame(StreamDirection Direction, ulong Maximum)
{
    /// <summary>Stream ids have 62 bits, of which two are flags (RFC 9000, section 4.6).</summary>
    public const ulong MaxStreams = 1UL << 60;

    private static readonly TransportError Truncated = TransportError.FrameEncoding("MAX_STREAMS is truncated");
    private static readonly TransportError TooMany = TransportError.FrameEncoding("MAX_STREAMS exceeds 2^60");

    /// <summary>Bytes that <see cref="Write"/> takes.</summary>
    public int Length => 1 + QuicVarInt.Length(Maximum);

    /// <summary>Reads a frame whose type was read.</summary>
    public static bool TryRead(ref SpanReader reader, StreamDirection direction, out MaxStreamsFrame frame, out TransportError error)
    {
        frame = default;
        error = Truncated;
        if (!reader.TryReadVarInt(out var value))
            return false;
        if (value > MaxStreams)
        {
            error = TooMany;
            return false;
        }

        frame = new MaxStreamsFrame(direction, value);
        error = default;
        return true;
    }

    /// <summary>Writes the frame.</summary>
    public void Write(ref PacketWriter writer)
    {
        writer.WriteByte((byte)(Direction == StreamDirection.Bidirectional ? FrameType.MaxStreamsBidirectional : FrameType.MaxStreamsUnidirectional));
        writer.WriteVarInt(Maximum);
    }
}
