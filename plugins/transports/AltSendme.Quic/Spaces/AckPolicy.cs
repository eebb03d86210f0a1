using AltSendme.Quic.Frames;

namespace AltSendme.Quic.Spaces;

/// <summary>
/// How many packets, and how long, an acknowledgement of 1-RTT packets waits. Ours to choose (RFC 9000, section 13.2.2) until the peer asks for something else
/// (draft-ietf-quic-ack-frequency, sections 4 and 6).
/// </summary>
internal sealed class AckPolicy
{
    // An acknowledgement that waits for a quarter of a round trip is early enough to keep a small window moving.
    private const int RoundTripShare = 4;
    private static readonly TransportError TooImpatient = TransportError.ProtocolViolation("ACK_FREQUENCY asks for a shorter delay than min_ack_delay");

    private ulong? _sequence;
    private TimeSpan _requestedDelay;
    private int _requestedPackets;
    private ulong _packetsSinceGap;

    /// <summary>Whether a gap in the packet numbers matters, and how far behind the newest packet it must be: 0 for never, 1 for at once.</summary>
    public ulong ReorderingThreshold { get; private set; } = 1;

    /// <summary>Ack-eliciting packets for which one acknowledgement is due.</summary>
    public int PacketsPerAck => _sequence is not null ? _requestedPackets : _packetsSinceGap < Limits.PacketsBeforeSparseAcks ? Limits.DenseAckInterval : Limits.SparseAckInterval;

    /// <summary>How long an acknowledgement may wait on a path of this round trip.</summary>
    public TimeSpan Delay(TimeSpan roundTrip)
    {
        if (_sequence is not null)
            return _requestedDelay;
        var delay = roundTrip / RoundTripShare;
        return delay < Limits.MinAckDelay ? Limits.MinAckDelay : delay > Limits.MaxAckDelay ? Limits.MaxAckDelay : delay;
    }

    /// <summary>An ack-eliciting packet arrived. After a gap the peer's window is probably small again and wants to hear about every other packet.</summary>
    public void OnPacket(bool isInOrder) => _packetsSinceGap = isInOrder ? _packetsSinceGap + 1 : 0;

    /// <summary>Takes what the peer asks for, as far as our limits go.</summary>
    public bool OnRequest(in AckFrequencyFrame frame, out TransportError error)
    {
        error = default;
        if (frame.Sequence <= _sequence)
            return true;
        if (frame.MaxAckDelayMicroseconds < (ulong)Limits.MinAckDelay.TotalMicroseconds)
        {
            error = TooImpatient;
            return false;
        }

        _sequence = frame.Sequence;
        _requestedPackets = (int)Math.Min(frame.ElicitingThreshold, Limits.RequestedAckInterval - 1) + 1;
        _requestedDelay = TimeSpan.FromMicroseconds((long)Math.Min(frame.MaxAckDelayMicroseconds, (ulong)Limits.RequestedAckDelay.TotalMicroseconds));
        ReorderingThreshold = Math.Min(frame.ReorderingThreshold, Limits.ReceivedRanges);
        return true;
    }
}
