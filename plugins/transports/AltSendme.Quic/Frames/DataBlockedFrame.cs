using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Packets;

namespace AltSendme.Quic.Frames;

/// <summary>DATA_BLOCKED (RFC 9000, section 19.12): the sender would send more if the connection's credit allowed.</summary>
/// <param name="Limit">The credit at which it stands.</param>
internal readonly record struct DataBlockedFrame(ulong Limit)
{
    private static readonly TransportError Truncated = TransportError.FrameEncoding("DATA_BLOCKED is truncated");

    /// <summary>Bytes that <see cref="Write"/> takes.</summary>
    public int Length => 1 + QuicVarInt.Length(Limit);

    /// <summary>Reads a frame whose type was read.</summary>
    public static bool TryRead(ref SpanReader reader, out DataBlockedFrame frame, out TransportError error)
    {
        if (!reader.TryReadVarInt(out var v0))
        {
            frame = default;
            error = Truncated;
            return false;
        }

        frame = new DataBlockedFrame(v0);
        error = default;
        return true;
    }

    /// <summary>Writes the frame.</summary>
    public void Write(ref PacketWriter writer)
    {
        writer.WriteByte((byte)FrameType.DataBlocked);
        writer.WriteVarInt(Limit);
    }
}
