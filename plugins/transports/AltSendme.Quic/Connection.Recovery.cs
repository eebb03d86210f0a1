using AltSendme.Quic.Crypto;
using AltSendme.Quic.Frames;
using AltSendme.Quic.Packets;
using AltSendme.Quic.Qlog;
using AltSendme.Quic.Recovery;
using AltSendme.Quic.Spaces;
using AltSendme.Quic.Timers;

namespace AltSendme.Quic;

/// <summary>Acknowledgements, losses and probes (RFC 9002, section 6).</summary>
internal sealed partial class Connection
{
    private const int MaxBackoff = 10;
    private const int SilentProbes = 3;
    private const int ProbesPerTimeout = 2;
    private const int LongestAckRequest = 32;

    /// <summary>
    /// Probes never come rarer than this, unless the round trip itself is longer: without a bound, a path that loses one packet in five leaves a peer waiting for a minute now and then. noq has the same bound.
    /// </summary>
    private static readonly TimeSpan MaxProbeInterval = TimeSpan.FromSeconds(2);

    // Probe timeouts of a few milliseconds follow each other fast: a peer that was only not scheduled for a while does not mean that large datagrams vanish.
    private static readonly TimeSpan ShortestSilence = TimeSpan.FromMilliseconds(500);

    private readonly AckFrequencyRequest _ackFrequency = new();

    /// <inheritdoc />
    void ISentFrameObserver.OnFrameAcknowledged(PacketNumberSpace space, in SentFrame frame)
    {
        switch (frame.Kind)
        {
            case SentFrameKind.Ack:
                space.Received.OnAckAcknowledged(frame.Offset);
                break;
            case SentFrameKind.Crypto:
                space.Crypto.Outgoing.OnAcknowledged(frame.Offset, frame.End);
                break;
            case SentFrameKind.Stream:
                _streams.OnAcknowledged(frame);
                break;
            case SentFrameKind.ResetStream:
                _streams.OnControlAcknowledged(frame);
                break;
            case SentFrameKind.RetireConnectionId:
                _remoteIds.OnRetirementAcknowledged(frame.Id);
                break;
            case SentFrameKind.AckFrequency:
                _ackFrequency.OnAcknowledged(frame.Id);
                SetPeerAckDelay();
                break;
            default:
                break;
        }
    }

    /// <inheritdoc />
    void ISentFrameObserver.OnFrameLost(PacketNumberSpace space, in SentFrame frame)
    {
        switch (frame.Kind)
        {
            case SentFrameKind.Ack:
                break;
            case SentFrameKind.Crypto:
                space.Crypto.Outgoing.OnLost(frame.Offset, frame.End);
                break;
            case SentFrameKind.Stream:
                _streams.OnLost(frame);
                break;
            case SentFrameKind.NewConnectionId:
                _localIds.OnLost(frame.Id);
                break;
            case SentFrameKind.RetireConnectionId:
                _remoteIds.OnRetirementLost(frame.Id);
                break;
            case SentFrameKind.AckFrequency:
                _ackFrequency.OnLost(frame.Id);
                break;
            case SentFrameKind.HandshakeDone:
                _isHandshakeDonePending = true;
                break;
            case SentFrameKind.NewToken:
                OfferToken();
                break;
            case SentFrameKind.ObservedAddress:
                // What it said of a path that is not in use any more matters to nobody.
                RequestReport(_path);
                break;
            default:
                _streams.OnControlLost(frame);
                break;
        }
    }

    private bool OnAck(PacketNumberSpace space, in AckFrame ack, Instant now, out TransportError error)
    {
        if (!_losses.OnAck(space, ack, AckDelay(space, ack), now, out var acknowledged, out error))
            return false;
        if (acknowledged == 0)
            return true;
        if (IsAddressValidatedByPeer)
            _path.ProbeCount = 0;
        if (_lifecycle.IsConfirmed)
            _ackFrequency.Update(_path.Rtt, _path.Congestion, _path.Mtu.Current);
        ReportMetrics(now);
        return true;
    }

    // What draft-ietf-quic-ack-frequency adds to a packet that asks for an acknowledgement: how often we want them, and with a probe that this one must not wait.
    // The former is worth no packet of its own, and none that would only acknowledge.
    private void WriteAckRequests(ref PacketWriter writer, PacketNumberSpace space, SentFrameRing log)
    {
        if (!_ackFrequency.IsSupported || writer.Room < LongestAckRequest)
            return;
        if (_ackFrequency.IsPending && HasApplicationFrames())
        {
            var frame = _ackFrequency.Take();
            frame.Write(ref writer);
            log.Add(SentFrame.Of(SentFrameKind.AckFrequency, frame.Sequence));
            SetPeerAckDelay();
        }

        if (space.PendingProbes > 0)
            writer.WriteByte((byte)FrameType.ImmediateAck);
    }

    private void SetPeerAckDelay()
    {
        foreach (var path in _paths)
            path.PeerMaxAckDelay = _ackFrequency.MaxAckDelay;
    }

    private void ReportMetrics(Instant now)
    {
        if (_observer is null)
            return;
        var (rtt, congestion) = (_path.Rtt, _path.Congestion);
        var threshold = congestion.SlowStartThreshold == ulong.MaxValue ? default(ulong?) : congestion.SlowStartThreshold;
        _observer.OnMetrics(new PathMetrics(rtt.HasSample ? rtt.Min : null, rtt.Smoothed, rtt.Latest, rtt.Variation, _path.ProbeCount, congestion.Window, congestion.BytesInFlight, threshold), now);
    }

    private TimeSpan AckDelay(PacketNumberSpace space, in AckFrame ack)
    {
        if (space.Level != EncryptionLevel.Application || _peer is null)
            return TimeSpan.Zero;
        var microseconds = Math.Min(ack.EncodedDelay, 1UL << 32) << _peer.AckDelayExponent;
        var delay = TimeSpan.FromMicroseconds((long)Math.Min(microseconds, 1UL << 40));
        return _lifecycle.IsConfirmed && delay > _path.PeerMaxAckDelay ? _path.PeerMaxAckDelay : delay;
    }

    // A client must keep the server from standing still at its amplification limit (RFC 9002, section 6.2.2.1).
    private bool IsAddressValidatedByPeer =>
        _side == Side.Server || _lifecycle.IsConfirmed || _spaces[(int)EncryptionLevel.Handshake].LargestAcknowledged is not null;

    private void SetLossTimer(Instant now) => _timers[TimerKind.LossDetection] = _lifecycle.IsOpen ? LossDeadline(now) : Instant.Never;

    private Instant LossDeadline(Instant now)
    {
        var earliest = Instant.Never;
        foreach (var space in _spaces)
            earliest = Instant.Min(earliest, space.LossTime);
        if (earliest != Instant.Never)
            return earliest;
        if (_path.Amplification.Allowance < Limits.MinDatagram && !_path.Amplification.IsValidated)
            return Instant.Never;
        return ProbeDeadline(now, out _);
    }

    private Instant ProbeDeadline(Instant now, out PacketNumberSpace? probed)
    {
        var deadline = Instant.Never;
        probed = null;
        foreach (var space in _spaces)
        {
            if (space.OutstandingAckEliciting == 0 || space.IsDiscarded || (space.Level == EncryptionLevel.Application && !_lifecycle.IsConfirmed))
                continue;
            var timeout = space.Level == EncryptionLevel.Application ? _path.ProbeTimeout : _path.Rtt.ProbeTimeout;
            var due = space.LastAckElicitingTime + BackOff(timeout);
            if (due >= deadline)
                continue;
            deadline = due;
            probed = space;
        }

        if (probed is not null || IsAddressValidatedByPeer)
            return deadline;
        probed = _spaces[_handshakeKeys[1] is null ? 0 : 1];
        return Instant.Max(now, probed.LastAckElicitingTime + BackOff(_path.Rtt.ProbeTimeout));
    }

    private TimeSpan BackOff(TimeSpan timeout)
    {
        var most = timeout > MaxProbeInterval ? timeout : MaxProbeInterval;
        var interval = timeout * (1L << Math.Min(_path.ProbeCount, MaxBackoff));
        return interval < most ? interval : most;
    }

    private void OnLossTimeout(Instant now)
    {
        foreach (var space in _spaces)
        {
            if (space.LossTime > now)
                continue;
            _losses.DetectLost(space, now);
            return;
        }

        ProbeDeadline(now, out var probed);
        if (probed is null)
            return;
        if (++_path.ProbeCount == 1)
            _path.SilentSince = now;
        probed.PendingProbes = ProbesPerTimeout;
        _losses.RequeueOldest(probed, probed.PendingProbes);
        if (_path.ProbeCount >= SilentProbes && now - _path.SilentSince >= ShortestSilence)
            _path.Mtu.OnSilence(now);
        if (IsPathFailing)
            ProbeAll();
    }
}
