using AltSendme.Quic.Crypto;
using AltSendme.Quic.Timers;

namespace AltSendme.Quic;

/// <summary>Time passing (RFC 9000, sections 10.1 and 13.2; RFC 9001, sections 6.5 and 6.6).</summary>
internal sealed partial class Connection
{
    private const int IdleProbeTimeouts = 3;
    private const int KeyDiscardProbeTimeouts = 3;

    private static readonly TransportError Unacknowledged = new(TransportErrorCode.InternalError, "The peer acknowledges too little");

    private bool _mayRestartIdle = true;

    /// <summary>Does what is due. Calling too early is harmless.</summary>
    public void OnTimeout(Instant now)
    {
        if (_timers.TryExpire(TimerKind.Drain, now))
        {
            _lifecycle.OnDrainTimeout();
            _timers.Clear();
        }

        if (!_lifecycle.IsOpen)
            return;
        if (_timers.TryExpire(TimerKind.Idle, now))
        {
            Abandon(new ConnectionCloseReason(ConnectionCloseKind.IdleTimeout, Reason: "Nothing came from the peer for too long."), now);
            return;
        }

        if (_timers.TryExpire(TimerKind.Handshake, now))
        {
            Abandon(new ConnectionCloseReason(ConnectionCloseKind.HandshakeTimeout, Reason: "The handshake took too long."), now);
            return;
        }

        if (_timers.TryExpire(TimerKind.KeepAlive, now))
            _isPingPending = true;
        if (_timers.TryExpire(TimerKind.PathValidation, now))
            OnPathTimeout(now);
        if (_timers.TryExpire(TimerKind.KeyDiscard, now))
            _keys?.DiscardPrevious();
        if (_timers.TryExpire(TimerKind.LossDetection, now))
            OnLossTimeout(now);
        if (_timers.TryExpire(TimerKind.AckDelay, now))
            _spaces[(int)EncryptionLevel.Application].Received.OnDeadline();
        _timers.TryExpire(TimerKind.Pacing, now);
        _timers.TryExpire(TimerKind.MtuSearch, now);
        AfterInput(now);
    }

    private void AfterInput(Instant now)
    {
        if (!_lifecycle.IsOpen)
            return;
        var sent = _spaces[(int)EncryptionLevel.Application].Sent;
        if (sent.Next - sent.First > Limits.UnsettledPackets)
            Fail(Unacknowledged, now);
        _streams.WakeWriters(SendBudget);
        CloseIfSent(now);
        if (!_lifecycle.IsOpen)
            return;
        SetLossTimer(now);
        SetAckTimer();
    }

    private void SetAckTimer() => _timers[TimerKind.AckDelay] = _spaces[(int)EncryptionLevel.Application].Received.Deadline;

    // Restarts with every packet received, and with the first ack-eliciting one sent after that (RFC 9000, section 10.1).
    private void RestartIdleTimer(Instant now)
    {
        var timeout = _options.MaxIdleTimeout;
        var peer = _peer?.MaxIdleTimeout ?? TimeSpan.Zero;
        if (timeout == TimeSpan.Zero || (peer > TimeSpan.Zero && peer < timeout))
            timeout = peer;
        if (timeout > TimeSpan.Zero)
        {
            var least = _path.ProbeTimeout * IdleProbeTimeouts;
            _timers[TimerKind.Idle] = now + (timeout > least ? timeout : least);
        }

        RestartKeepAlive(now);
    }

    private void RestartKeepAlive(Instant now)
    {
        if (_options.KeepAliveInterval > TimeSpan.Zero && _lifecycle.IsEstablished)
            _timers[TimerKind.KeepAlive] = now + _options.KeepAliveInterval;
    }

    private void OnKeysUsed(bool isUpdated, Instant now)
    {
        if (isUpdated)
            _observer?.OnKeysUpdated(isByPeer: true, _keys!.Updates, now);
        if (isUpdated || (_keys!.HasPrevious && _timers[TimerKind.KeyDiscard] == Instant.Never))
            _timers[TimerKind.KeyDiscard] = now + (_path.ProbeTimeout * KeyDiscardProbeTimeouts);
    }
}
