using AltSendme.Quic.Crypto;
using AltSendme.Quic.Frames;
using AltSendme.Quic.Paths;
using AltSendme.Quic.Spaces;

namespace AltSendme.Quic.Recovery;

/// <summary>Finds out which packets arrived and which were lost (RFC 9002, sections 5 to 7 and appendix A), and tells the path's congestion controller and the frames' owner.</summary>
internal sealed class LossDetector(ISentFrameObserver frames)
{
    private static readonly TransportError NeverSent = TransportError.ProtocolViolation("A packet was acknowledged that was never sent");

    /// <summary>Is told of lost packets.</summary>
    public Qlog.IConnectionObserver? Observer { get; set; }

    /// <summary>Packets declared lost, MTU probes left out.</summary>
    public ulong LostPackets { get; private set; }

    /// <summary>Takes an ACK frame (RFC 9002, appendix A.7). <paramref name="ackDelay"/> is decoded and limited; <paramref name="acknowledged"/> counts packets that were not known to have arrived.</summary>
    public bool OnAck(PacketNumberSpace space, in AckFrame ack, TimeSpan ackDelay, Instant now, out int acknowledged, out TransportError error)
    {
        var sent = space.Sent;
        acknowledged = 0;
        error = default;
        if (ack.Largest >= sent.Next)
        {
            error = NeverSent;
            return false;
        }

        if (!space.Lost.IsEmpty)
            FindLateArrivals(space, ack, now);
        var outcome = default(AckOutcome);
        foreach (var range in ack)
        {
            if (range.End <= sent.First)
                break;
            for (var number = Math.Max(range.Start, sent.First); number < range.End; number++)
            {
                if (!OnPacketAcknowledged(space, number, now, ref outcome))
                {
                    error = NeverSent;
                    return false;
                }
            }
        }

        acknowledged = outcome.Count;
        if (outcome.Count == 0)
            return true;

        space.OnLargestAcknowledged(ack.Largest);
        if (outcome.LargestWasNew(ack.Largest) && outcome.HasAckEliciting)
        {
            outcome.Path.Rtt.OnSample(now - outcome.LargestTime, ackDelay, now);
            outcome.Path.Congestion.OnRoundTrip(outcome.Path.Rtt, ack.Largest, sent.Next);
        }

        if (space.Level == EncryptionLevel.Application && outcome.Path.Ecn.OnAck(ack.Ecn, outcome.EctCount))
            outcome.Path.Congestion.OnCongestionMark(outcome.LargestTime, now);
        DetectLost(space, now);
        sent.ReleaseSettled(space.ReleaseLimit);
        return true;
    }

    /// <summary>Declares packets lost that are old enough by number or time (RFC 9002, section 6.1) and sets the space's loss time.</summary>
    public void DetectLost(PacketNumberSpace space, Instant now)
    {
        var sent = space.Sent;
        space.LossTime = Instant.Never;
        if (space.LargestAcknowledged is not { } largest)
            return;

        var losses = default(LossEpisode);
        for (var number = sent.First; number <= largest && number < sent.Next; number++)
        {
            ref var packet = ref sent[number];
            if (packet.State != SentPacketState.Outstanding)
            {
                if (packet.State == SentPacketState.Acknowledged)
                    losses.OnArrived();
                continue;
            }

            var tolerance = packet.Path.Reordering;
            var lossTime = packet.Time + tolerance.LossDelay(packet.Path.Rtt);
            if (lossTime <= now || largest >= number + tolerance.PacketThreshold)
            {
                OnPacketLost(space, number, ref packet, now, ref losses);
                Observer?.OnPacketLost(space.Level, number, isByTime: largest < number + tolerance.PacketThreshold, now);
            }
            else
            {
                space.LossTime = Instant.Min(space.LossTime, lossTime);
            }
        }

        losses.Report(now);
        sent.ReleaseSettled(space.ReleaseLimit);
    }

    /// <summary>Forgets a space whose keys are gone (RFC 9002, section 6.4).</summary>
    public static void Discard(PacketNumberSpace space)
    {
        var sent = space.Sent;
        for (var number = sent.First; number < sent.Next; number++)
        {
            ref var packet = ref sent[number];
            if (packet.State == SentPacketState.Outstanding && packet.IsInFlight)
                packet.Path.Congestion.OnDiscarded(packet.Size);
            packet.State = SentPacketState.Lost;
        }

        sent.ReleaseSettled(ulong.MaxValue);
        space.Lost.Clear();
        space.OutstandingAckEliciting = 0;
        space.LossTime = Instant.Never;
    }

    /// <summary>Puts what the oldest outstanding packets carried up for sending again, without declaring them lost: probes carry it (RFC 9002, section 6.2.4).</summary>
    public void RequeueOldest(PacketNumberSpace space, int packets)
    {
        var sent = space.Sent;
        for (var number = sent.First; number < sent.Next && packets > 0; number++)
        {
            ref var packet = ref sent[number];
            if (packet.State != SentPacketState.Outstanding || packet.FrameCount == 0)
                continue;
            packets--;
            for (var i = packet.FirstFrame; i < packet.FirstFrame + packet.FrameCount; i++)
                frames.OnFrameLost(space, sent.Frames[i]);
        }
    }

    private bool OnPacketAcknowledged(PacketNumberSpace space, ulong number, Instant now, ref AckOutcome outcome)
    {
        ref var packet = ref space.Sent[number];
        if (packet.State == SentPacketState.Skipped)
            return false;
        if (packet.State == SentPacketState.Acknowledged)
            return true;

        // A packet that was declared lost is no part of the count any more, but what it carried need not be sent again.
        var state = packet.State;
        packet.State = SentPacketState.Acknowledged;
        if (state != SentPacketState.Lost)
        {
            outcome.Add(number, packet);
            if (packet.IsAckEliciting)
                space.OutstandingAckEliciting--;
            if (packet.IsInFlight)
                packet.Path.Congestion.OnAcknowledged(packet.Size, packet.Time, packet.Path.Rtt, now);
            if (state == SentPacketState.Outstanding)
                packet.Path.Mtu.OnAcknowledged(packet.Size, packet.IsMtuProbe);
        }

        for (var i = packet.FirstFrame; i < packet.FirstFrame + packet.FrameCount; i++)
            frames.OnFrameAcknowledged(space, space.Sent.Frames[i]);
        return true;
    }

    private void OnPacketLost(PacketNumberSpace space, ulong number, ref SentPacket packet, Instant now, ref LossEpisode losses)
    {
        packet.State = SentPacketState.Lost;
        if (packet.IsAckEliciting)
            space.OutstandingAckEliciting--;
        if (packet.IsEct)
            packet.Path.Ecn.OnLost();
        if (packet.IsMtuProbe)
        {
            packet.Path.Congestion.OnDiscarded(packet.Size);
            packet.Path.Mtu.OnProbeLost();
        }
        else
        {
            LostPackets++;
            losses.Add(packet);
            space.Lost.Add(number, packet, now);
        }

        for (var i = packet.FirstFrame; i < packet.FirstFrame + packet.FrameCount; i++)
            frames.OnFrameLost(space, space.Sent.Frames[i]);
    }

    // A packet that was declared lost is acknowledged: the path reorders more than was thought, and the window may have been reduced for nothing.
    private static void FindLateArrivals(PacketNumberSpace space, in AckFrame ack, Instant now)
    {
        var lost = space.Lost;
        lost.Expire(now);
        foreach (var range in ack)
        {
            if (lost.IsEmpty || range.End <= lost.First)
                return;
            while (lost.TryTake(range, out var late))
            {
                late.Path.Reordering.OnLateArrival(space.FirstUnacknowledged - late.Number, now - late.SentAt, late.Path.Rtt);
                late.Path.Congestion.OnLateArrival(late.SentAt);
            }
        }
    }

    // What one ACK frame newly acknowledged.
    private struct AckOutcome
    {
        private ulong _largest;

        public int Count { get; private set; }

        public int EctCount { get; private set; }

        public bool HasAckEliciting { get; private set; }

        public Instant LargestTime { get; private set; }

        public Path Path { get; private set; }

        public void Add(ulong number, in SentPacket packet)
        {
            if (Count++ == 0 || number > _largest)
            {
                _largest = number;
                LargestTime = packet.Time;
                Path = packet.Path;
            }

            HasAckEliciting |= packet.IsAckEliciting;
            EctCount += packet.IsEct ? 1 : 0;
        }

        public readonly bool LargestWasNew(ulong largest) => _largest == largest;
    }
}
