using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Packets;

namespace AltSendme.Quic.Frames;

/// <summary>MAX_DATA (RFC 9000, section 19.9): credit for all streams together.</summary>
/// <param name="Maximum">Bytes that may be sent on the connection.</param>
internal readonly record struct MaxDataFrame(ulong Maximum)
{
    private static readonly TransportError Truncated = TransportError.FrameEncoding("MAX_DATA is truncated");

    /// <summary>Bytes that <see cref="Write"/> takes.</summary>
    public int Length => 1 + QuicVarInt.Length(Maximum);

    /// <summary>Reads a frame whose type was read.</summary>
    public static bool TryRead(ref SpanReader reader, out MaxDataFrame frame, out TransportError error)
    {
        if (!reader.TryReadVarInt(out var v0))
        {
            frame = default;
            error = Truncated;
            return false;
        }

        frame = new MaxDataFrame(v0);
        error = default;
        return true;
    }

    /// <summary>Writes the frame.</summary>
    public void Write(ref PacketWriter writer)
    {
        writer.WriteByte((byte)FrameType.MaxData);
        writer.WriteVarInt(Maximum);
    }
}
