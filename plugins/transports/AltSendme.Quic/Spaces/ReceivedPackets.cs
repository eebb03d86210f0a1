using AltSendme.Quic.Crypto;
using AltSendme.Quic.Frames;
using AltSendme.Quic.Packets;

namespace AltSendme.Quic.Spaces;

/// <summary>
/// Which packets of a space arrived, and when to say so (RFC 9000, section 13.2). Memory is bounded: beyond <see cref="Limits.ReceivedRanges"/> the lowest numbers are forgotten and count as received.
/// </summary>
internal sealed class ReceivedPackets(EncryptionLevel level)
{
    private readonly RangeSet _ranges = new();
    private ulong _floor;
    private ulong _acknowledgedBelow;
    private ulong _reportedBelow;
    private int _unacknowledged;
    private Instant _largestTime;
    private bool _isImmediate;
    private ulong _ect0;
    private ulong _ect1;
    private ulong _ce;

    /// <summary>How often 1-RTT packets are acknowledged; all others are at once.</summary>
    public AckPolicy Policy { get; } = new();

    /// <summary>When an acknowledgement is due; <see cref="Instant.Never"/> when none is.</summary>
    public Instant Deadline { get; private set; } = Instant.Never;

    /// <summary>One above the largest number that arrived: what the next one is expected to be.</summary>
    public ulong Expected { get; private set; }

    /// <summary>Whether some ack-eliciting packet was not acknowledged yet.</summary>
    public bool HasNews => _unacknowledged > 0;

    /// <summary>Whether an acknowledgement should go out even if nothing else does.</summary>
    public bool IsDue(Instant now) => _unacknowledged > 0 && (_isImmediate || Deadline <= now);

    /// <summary>Whether a number arrived before, or is too old to tell.</summary>
    public bool IsDuplicate(ulong packetNumber) => packetNumber < _floor || (packetNumber < Expected && _ranges.Contains(packetNumber));

    /// <summary>Notes a packet that was opened and is no duplicate.</summary>
    public void OnReceived(ulong packetNumber, bool isAckEliciting, Ecn ecn, TimeSpan roundTrip, Instant now)
    {
        var isInOrder = packetNumber == Expected;
        _ranges.Add(packetNumber, packetNumber + 1);
        if (_ranges.Count > Limits.ReceivedRanges)
        {
            _floor = _ranges[0].End;
            _ranges.RemoveLowest(1);
        }

        if (packetNumber >= Expected)
        {
            Expected = packetNumber + 1;
            _largestTime = now;
        }

        Count(ecn);
        if (!isAckEliciting)
            return;

        _unacknowledged++;
        Policy.OnPacket(isInOrder);
        _isImmediate |= level != EncryptionLevel.Application || ecn == Ecn.CongestionExperienced || _unacknowledged >= Policy.PacketsPerAck || IsGapUrgent(isInOrder);
        if (Deadline == Instant.Never && !_isImmediate)
            Deadline = now + Policy.Delay(roundTrip);
    }

    /// <summary>The peer asked for an acknowledgement at once (IMMEDIATE_ACK); the packet that says so is noted next.</summary>
    public void OnImmediateRequest() => _isImmediate = true;

    /// <summary>The deadline passed: the acknowledgement goes out with the next chance, and no timer is needed any more.</summary>
    public void OnDeadline()
    {
        _isImmediate = true;
        Deadline = Instant.Never;
    }

    /// <summary>Writes an ACK frame (RFC 9000, section 13.2.3); false when nothing arrived or there is no room. <paramref name="largest"/> is what it acknowledges.</summary>
    public bool TryWriteAck(ref PacketWriter writer, int exponent, Instant now, out ulong largest)
    {
        largest = Expected - 1;
        if (_ranges.Count == 0)
            return false;

        var ranges = _ranges.Ranges;
        var first = 0;
        while (first < ranges.Length - 1 && ranges[first].End <= _acknowledgedBelow)
            first++;
        var delay = level == EncryptionLevel.Application ? (ulong)Math.Max(0, (now - _largestTime).TotalMicroseconds) >> exponent : 0;
        var marks = new EcnCounts(_ect0, _ect1, _ce);
        if (!AckFrame.TryWrite(ref writer, ranges[first..], delay, marks.HasAny ? marks : null, Limits.AckRanges))
            return false;

        _unacknowledged = 0;
        _isImmediate = false;
        _reportedBelow = Expected;
        Deadline = Instant.Never;
        return true;
    }

    /// <summary>The peer has an ACK frame of ours up to <paramref name="largest"/>: ranges below need not be repeated (RFC 9000, section 13.2.4).</summary>
    public void OnAckAcknowledged(ulong largest) => _acknowledgedBelow = Math.Max(_acknowledgedBelow, largest);

    // At a threshold of 1 a packet out of order is reason enough (RFC 9000, section 13.2.1); above, only a missing packet that the peer will now take for lost and was not told of
    // (draft-ietf-quic-ack-frequency, section 6.2).
    private bool IsGapUrgent(bool isInOrder)
    {
        var threshold = Policy.ReorderingThreshold;
        if (threshold <= 1)
            return threshold == 1 && !isInOrder;
        var missing = _ranges.FirstMissing(_reportedBelow > threshold ? _reportedBelow - threshold + 1 : 0);
        return missing < Expected && Expected - 1 - missing >= threshold;
    }

    // Field by field: this runs for every packet, and copying the counts as a whole stalls on the one that was just stored.
    private void Count(Ecn ecn)
    {
        switch (ecn)
        {
            case Ecn.Ect0:
                _ect0++;
                break;
            case Ecn.Ect1:
                _ect1++;
                break;
            case Ecn.CongestionExperienced:
                _ce++;
                break;
        }
    }
}
