using System.Text;
using AltSendme.Primitives.Encoding;
using AltSendme.Quic.ConnectionIds;
using AltSendme.Quic.Crypto;
using AltSendme.Quic.Frames;
using AltSendme.Quic.Packets;
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
        // One packet in answer, so that the peer need not wait in case its own was lost (section 10.2.2).
        _closePacketsWanted = _lifecycle.IsEstablished ? 1 : 0;
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

    // While closing, packets are answered more and more rarely (section 10.2.1), until one tells that the peer knows; while draining, never.
    private void OnDatagramWhileClosing(Span<byte> datagram)
    {
        if (!_lifecycle.IsClosing)
            return;
        if (IsCloseOfPeer(datagram))
        {
            _closePacketsWanted = 0;
            _lifecycle.OnPeerClose();
            return;
        }

        if (int.IsPow2(++_packetsWhileClosing))
            _closePacketsWanted = 1;
    }

    // Acknowledgements may stand before the frame; nothing else of the packet matters any more.
    private bool IsCloseOfPeer(Span<byte> packet)
    {
        if (InvariantHeader.IsLong(packet) || _keys is not { } keys || !_session.IsComplete || !ShortHeader.TryReadDestination(packet, ConnectionIdIssuer.IdLength, out var destination))
            return false;
        var offset = 1 + destination.Length;
        if (!HeaderMask.TryGetSample(packet, offset, out var sample))
            return false;
        Span<byte> mask = stackalloc byte[CryptoConstants.MaskStride];
        keys.HeaderKeys.ComputeHeaderMasks(sample, mask);
        var space = _spaces[(int)EncryptionLevel.Application];
        var numberLength = HeaderMask.Remove(packet, offset, mask);
        var number = PacketNumberCodec.Expand(PacketNumberCodec.ReadTruncated(packet.Slice(offset, numberLength)), numberLength, space.Received.Expected);
        if (!keys.TryOpen(packet, offset + numberLength, number, (packet[0] & HeaderBits.KeyPhase) != 0, _session, space.Sent.Next, out _, out _))
            return false;

        var reader = new SpanReader(packet[(offset + numberLength)..^CryptoConstants.TagLength]);
        while (reader.TryReadVarInt(out var type))
        {
            if (type is FrameType.ConnectionCloseTransport or FrameType.ConnectionCloseApplication)
                return true;
            if (type != FrameType.Padding && !(type is FrameType.Ack or FrameType.AckEcn && AckFrame.TryRead(ref reader, type == FrameType.AckEcn, out _, out _)))
                return false;
        }

        return false;
    }
}
