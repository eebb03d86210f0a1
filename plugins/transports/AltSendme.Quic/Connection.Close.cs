using System.Text;
using AltSendme.Quic.Frames;
using AltSendme.Quic.Timers;

namespace AltSendme.Quic;

/// <summary>The end of a connection (RFC 9000, section 10).</summary>
internal sealed partial class Connection
{
    private const int DrainProbeTimeouts = 3;

    private ConnectionCloseReason? _gracefulReason;
    private int _closePacketsWanted;
    private int _packetsWhileClosing;

    /// <summary>Closes at once: what was not sent is dropped (RFC 9000, section 10.2).</summary>
    public void Close(ulong code, string reason, Instant now)
    {
        if (_lifecycle.IsOpen)
            EnterClosing(new ConnectionCloseReason(ConnectionCloseKind.LocalApplication, code, reason), now);
    }

    /// <summary>Closes once the peer has everything that was written to streams; the idle timeout bounds the wait.</summary>
    public void CloseAfterSending(ulong code, string reason, Instant now)
    {
        _gracefulReason ??= new ConnectionCloseReason(ConnectionCloseKind.LocalApplication, code, reason);
        CloseIfSent(now);
    }

    private void CloseIfSent(Instant now)
    {
        if (_gracefulReason is { } reason && _lifecycle.IsOpen && _streams is { Held: 0, HasData: false, HasControl: false })
            EnterClosing(reason, now);
    }

    private void Fail(in TransportError error, Instant now)
    {
        if (_lifecycle.IsOpen)
            EnterClosing(new ConnectionCloseReason(ConnectionCloseKind.LocalTransport, (ulong)error.Code, error.Reason, error.FrameType), now);
    }

    private void EnterClosing(ConnectionCloseReason reason, Instant now)
    {
        _lifecycle.OnLocalClose();
        _closePacketsWanted = 1;
        Finish(reason, now);
        _timers[TimerKind.Drain] = now + (_path.ProbeTimeout * DrainProbeTimeouts);
    }

    private void OnPeerClose(in ConnectionCloseFrame frame, Instant now)
    {
        var kind = frame.IsApplication ? ConnectionCloseKind.PeerApplication : ConnectionCloseKind.PeerTransport;
        EnterDraining(new ConnectionCloseReason(kind, frame.Code, Encoding.UTF8.GetString(frame.Reason), frame.CauseType), now);
    }

    private void EnterDraining(ConnectionCloseReason reason, Instant now)
    {
        _lifecycle.OnPeerClose();
        Finish(reason, now);
        _timers[TimerKind.Drain] = now + (_path.ProbeTimeout * DrainProbeTimeouts);
    }

    // The end without a word: nothing may be sent, or nobody would hear it.
    private void Abandon(ConnectionCloseReason reason, Instant now)
    {
        _lifecycle.OnAbandoned();
        Finish(reason, now);
    }

    private void Finish(ConnectionCloseReason reason, Instant now)
    {
        CloseReason = reason;
        _observer?.OnClosed(reason, now);
        _timers.Clear();
        _events.Enqueue(new ConnectionEvent(ConnectionEventKind.Closed));
        _datagramsOut.Dispose();

        // What the peer sent before it went still belongs to the reader; what we gave up ourselves does not.
        if (reason.Kind is ConnectionCloseKind.LocalApplication or ConnectionCloseKind.LocalTransport)
            _streams.Dispose();
        else
            _streams.EndSending();
    }

    // While closing, packets are answered more and more rarely (section 10.2.1); while draining, never.
    private void OnDatagramWhileClosing(ReadOnlySpan<byte> datagram)
    {
        if (_lifecycle.IsClosing && datagram.Length > 0 && int.IsPow2(++_packetsWhileClosing))
            _closePacketsWanted = 1;
    }
}
