using AltSendme.Quic.Frames;
using AltSendme.Quic.Paths;
using AltSendme.Quic.Spaces;

namespace AltSendme.Quic.Recovery;

/// <summary>Finds out which packets arrived and which were lost (RFC 9002, sections 5 to 7 and appendix A), and tells the path's congestion controller and the frames' owner.</summary>
internal sealed class LossDetector(ISentFrameObserver frames)
{
    /// <summary>A packet is lost when one this much newer was acknowledged (RFC 9002, section 6.1.1).</summary>
    public const ulong PacketThreshold = 3;

    private static readonly TransportError NeverSent = TransportError.ProtocolViolation("A packet was acknowledged that was never sent");

    /// <summary>Is told of lost packets.</summary>
    public Qlog.IConnectionObserver? Observer { get; set; }

    /// <summary>Packets declared lost, MTU probes left out.</summary>
    public ulong LostPackets { get; private set; }

    /// <summary>Takes an ACK frame (RFC 9002, appendix A.7). <paramref name="ackDelay"/> is decoded and limited.</summary>
    public bool OnAck(PacketNumberSpace space, in AckFrame ack, TimeSpan ackDelay, Instant now, out TransportError error)
    {
        var sent = space.Sent;
        error = default;
        if (ack.Largest >= sent.Next)
        {
            error = NeverSent;
            return false;
        }

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

        if (outcome.Count == 0)
            return true;

        space.OnLargestAcknowledged(ack.Largest);
        if (outcome.LargestWasNew(ack.Largest) && outcome.HasAckEliciting)
            outcome.Path.Rtt.OnSample(now - outcome.LargestTime, ackDelay, now);
        outcome.Path.Congestion.OnRoundTrip(outcome.Path.Rtt, ack.Largest, sent.Next);
        if (space.Level == Crypto.EncryptionLevel.Application && outcome.Path.Ecn.OnAck(ack.Ecn, outcome.EctCount))
            outcome.Path.Congestion.OnCongestion(outcome.LargestTime, outcome.Path.Rtt, now);
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

            var lossTime = packet.Time + packet.Path.Rtt.LossDelay;
            if (lossTime <= now || largest >= number + PacketThreshold)
            {
                OnPacketLost(space, ref packet, ref losses);
                Observer?.OnPacketLost(space.Level, number, now);
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
        if (packet.State is SentPacketState.Acknowledged or SentPacketState.Lost)
            return true;

        var wasOutstanding = packet.State == SentPacketState.Outstanding;
        packet.State = SentPacketState.Acknowledged;
        outcome.Add(number, packet);
        if (packet.IsAckEliciting)
            space.OutstandingAckEliciting--;
        if (packet.IsInFlight)
            packet.Path.Congestion.OnAcknowledged(packet.Size, packet.Time, packet.Path.Rtt, now);
        if (wasOutstanding)
            packet.Path.Mtu.OnAcknowledged(packet.Size, packet.IsMtuProbe);
        for (var i = packet.FirstFrame; i < packet.FirstFrame + packet.FrameCount; i++)
            frames.OnFrameAcknowledged(space, space.Sent.Frames[i]);
        return true;
    }

    private void OnPacketLost(PacketNumberSpace space, ref SentPacket packet, ref LossEpisode losses)
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
        }

        for (var i = packet.FirstFrame; i < packet.FirstFrame + packet.FrameCount; i++)
            frames.OnFrameLost(space, space.Sent.Frames[i]);
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
