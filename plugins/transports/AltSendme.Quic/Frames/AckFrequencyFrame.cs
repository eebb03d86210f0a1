using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Packets;

namespace AltSendme.Quic.Frames;

/// <summary>ACK_FREQUENCY (draft-ietf-quic-ack-frequency, section 4): how often the sender wants its packets acknowledged.</summary>
/// <param name="Sequence">Counts the frames of a connection; one that does not raise it is old and ignored.</param>
/// <param name="ElicitingThreshold">Ack-eliciting packets that may arrive without an acknowledgement; one more calls for it.</param>
/// <param name="MaxAckDelayMicroseconds">How long an acknowledgement may wait, in microseconds.</param>
/// <param name="ReorderingThreshold">Distance of a gap from the newest packet that calls for an acknowledgement at once; 0 for none.</param>
internal readonly record struct AckFrequencyFrame(ulong Sequence, ulong ElicitingThreshold, ulong MaxAckDelayMicroseconds, ulong ReorderingThreshold)
{
    private static readonly TransportError Truncated = TransportError.FrameEncoding("ACK_FREQUENCY is truncated");

    /// <summary>Bytes that <see cref="Write"/> takes.</summary>
    public int Length =>
        QuicVarInt.Length(FrameType.AckFrequency) + QuicVarInt.Length(Sequence) + QuicVarInt.Length(ElicitingThreshold)
        + QuicVarInt.Length(MaxAckDelayMicroseconds) + QuicVarInt.Length(ReorderingThreshold);

    /// <summary>Reads a frame whose type was read.</summary>
    public static bool TryRead(ref SpanReader reader, out AckFrequencyFrame frame, out TransportError error)
    {
        if (!reader.TryReadVarInt(out var sequence) || !reader.TryReadVarInt(out var threshold)
            || !reader.TryReadVarInt(out var delay) || !reader.TryReadVarInt(out var reordering))
        {
            frame = default;
            error = Truncated;
            return false;
        }

        frame = new AckFrequencyFrame(sequence, threshold, delay, reordering);
        error = default;
        return true;
    }

    /// <summary>Writes the frame.</summary>
    public void Write(ref PacketWriter writer)
    {
        writer.WriteVarInt(FrameType.AckFrequency);
        writer.WriteVarInt(Sequence);
        writer.WriteVarInt(ElicitingThreshold);
        writer.WriteVarInt(MaxAckDelayMicroseconds);
        writer.WriteVarInt(ReorderingThreshold);
    }
}
