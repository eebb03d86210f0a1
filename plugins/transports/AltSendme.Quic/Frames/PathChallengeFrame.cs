using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Packets;

namespace AltSendme.Quic.Frames;

/// <summary>PATH_CHALLENGE (RFC 9000, section 19.17): asks whether the peer is reachable on a path.</summary>
/// <param name="Data">Eight bytes, as a big-endian number.</param>
internal readonly record struct PathChallengeFrame(ulong Data)
{
    /// <summary>Bytes that <see cref="Write"/> takes.</summary>
    public const int Length = 1 + sizeof(ulong);

    private static readonly TransportError Truncated = TransportError.FrameEncoding("PATH_CHALLENGE is truncated");

    /// <summary>Reads a frame whose type was read.</summary>
    public static bool TryRead(ref SpanReader reader, out PathChallengeFrame frame, out TransportError error)
    {
        var isRead = reader.TryReadUInt64BigEndian(out var data);
        frame = new PathChallengeFrame(data);
        error = isRead ? default : Truncated;
        return isRead;
    }

    /// <summary>Writes the frame.</summary>
    public void Write(ref PacketWriter writer)
    {
        writer.WriteByte((byte)FrameType.PathChallenge);
        writer.WriteUInt64(Data);
    }
}
