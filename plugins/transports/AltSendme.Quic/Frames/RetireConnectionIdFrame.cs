using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Packets;

namespace AltSendme.Quic.Frames;

/// <summary>RETIRE_CONNECTION_ID (RFC 9000, section 19.16): the peer no longer uses one of our connection ids.</summary>
/// <param name="SequenceNumber">Which one.</param>
internal readonly record struct RetireConnectionIdFrame(ulong SequenceNumber)
{
    private static readonly TransportError Truncated = TransportError.FrameEncoding("RETIRE_CONNECTION_ID is truncated");

    /// <summary>Bytes that <see cref="Write"/> takes.</summary>
    public int Length => 1 + QuicVarInt.Length(SequenceNumber);

    /// <summary>Reads a frame whose type was read.</summary>
    public static bool TryRead(ref SpanReader reader, out RetireConnectionIdFrame frame, out TransportError error)
    {
        if (!reader.TryReadVarInt(out var v0))
        {
            frame = default;
            error = Truncated;
            return false;
        }

        frame = new RetireConnectionIdFrame(v0);
        error = default;
        return true;
    }

    /// <summary>Writes the frame.</summary>
    public void Write(ref PacketWriter writer)
    {
        writer.WriteByte((byte)FrameType.RetireConnectionId);
        writer.WriteVarInt(SequenceNumber);
    }
}
