using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Packets;

namespace AltSendme.Quic.Frames;

/// <summary>PATH_RESPONSE (RFC 9000, section 19.18): echoes the data of a PATH_CHALLENGE.</summary>
/// <param name="Data">Eight bytes, as a big-endian number.</param>
internal readonly record struct PathResponseFrame(ulong Data)
{
    /// <summary>Bytes that <see cref="Write"/> takes.</summary>
    public const int Length = 1 + sizeof(ulong);

    private static readonly TransportError Truncated = TransportError.FrameEncoding("PATH_RESPONSE is truncated");

    /// <summary>Reads a frame whose type was read.</summary>
    public static bool TryRead(ref SpanReader reader, out PathResponseFrame frame, out TransportError error)
    {
        var isRead = reader.TryReadUInt64BigEndian(out var data);
        frame = new PathResponseFrame(data);
        error = isRead ? default : Truncated;
        return isRead;
    }

    /// <summary>Writes the frame.</summary>
    public void Write(ref PacketWriter writer)
    {
        writer.WriteByte((byte)FrameType.PathResponse);
        writer.WriteUInt64(Data);
    }
}
