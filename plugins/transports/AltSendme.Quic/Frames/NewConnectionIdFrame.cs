using AltSendme.Primitives.Encoding;
using AltSendme.Quic.ConnectionIds;
using AltSendme.Quic.Packets;

namespace AltSendme.Quic.Frames;

/// <summary>NEW_CONNECTION_ID (RFC 9000, section 19.15): one more id for the receiver to put into packets.</summary>
/// <param name="SequenceNumber">Which id of its sender's it is.</param>
/// <param name="RetirePriorTo">Ids below this sequence number must be retired.</param>
/// <param name="Id">The id.</param>
/// <param name="ResetToken">The stateless reset token that goes with it.</param>
internal readonly record struct NewConnectionIdFrame(ulong SequenceNumber, ulong RetirePriorTo, ConnectionId Id, StatelessResetToken ResetToken)
{
    private static readonly TransportError Truncated = TransportError.FrameEncoding("NEW_CONNECTION_ID is truncated");
    private static readonly TransportError BadLength = TransportError.FrameEncoding("NEW_CONNECTION_ID has an id that is not 1 to 20 bytes long");
    private static readonly TransportError RetiresItself = TransportError.FrameEncoding("NEW_CONNECTION_ID retires its own sequence number");

    /// <summary>Bytes that <see cref="Write"/> takes.</summary>
    public int Length => 2 + QuicVarInt.Length(SequenceNumber) + QuicVarInt.Length(RetirePriorTo) + Id.Length + StatelessReset.TokenLength;

    /// <summary>Reads a frame whose type was read.</summary>
    public static bool TryRead(ref SpanReader reader, out NewConnectionIdFrame frame, out TransportError error)
    {
        frame = default;
        error = Truncated;
        if (!reader.TryReadVarInt(out var sequence) || !reader.TryReadVarInt(out var retirePriorTo) || !reader.TryReadByte(out var length))
            return false;
        if (length is 0 or > ConnectionId.MaxLength)
        {
            error = BadLength;
            return false;
        }

        if (!reader.TryReadBytes(length, out var id) || !reader.TryReadBytes(StatelessReset.TokenLength, out var token))
            return false;
        if (retirePriorTo > sequence)
        {
            error = RetiresItself;
            return false;
        }

        error = default;
        frame = new NewConnectionIdFrame(sequence, retirePriorTo, new ConnectionId(id), new StatelessResetToken(token));
        return true;
    }

    /// <summary>Writes the frame.</summary>
    public void Write(ref PacketWriter writer)
    {
        writer.WriteByte((byte)FrameType.NewConnectionId);
        writer.WriteVarInt(SequenceNumber);
        writer.WriteVarInt(RetirePriorTo);
        writer.WriteByte((byte)Id.Length);
        writer.WriteBytes(Id.Bytes);
        ResetToken.CopyTo(writer.Take(StatelessReset.TokenLength));
    }
}
