using AltSendme.Transports.Tls.Wire;

namespace AltSendme.Transports.Tls.Multiplexing;

/// <summary>What the peer's frames do to the session. Each is checked against what the peer may send; the first that it may not ends the connection.</summary>
internal sealed partial class MuxSession
{
    private static readonly MuxFault SettingsMissing = new(MuxFaultCode.Unexpected, "The first frame was not the settings.");
    private static readonly MuxFault SettingsAgain = new(MuxFaultCode.Unexpected, "Settings came twice.");
    private static readonly MuxFault StreamOutOfOrder = new(MuxFaultCode.StreamState, "A stream was opened out of order or by the wrong side.");
    private static readonly MuxFault TooManyStreams = new(MuxFaultCode.FlowControl, "More streams were opened than granted.");
    private static readonly MuxFault TooManyBytes = new(MuxFaultCode.FlowControl, "More bytes were sent than granted.");
    private static readonly MuxFault TooMuchCredit = new(MuxFaultCode.FlowControl, "The credit granted adds up to more than can be sent.");
    private static readonly MuxFault UnknownStream = new(MuxFaultCode.StreamState, "A frame names a stream that was never opened.");
    private static readonly MuxFault EndedStream = new(MuxFaultCode.StreamState, "Something was sent on a stream after its end.");

    /// <summary>Applies the peer's settings. They come first, and only once.</summary>
    public bool TryApply(MuxSettings settings, out MuxFault fault)
    {
        fault = SettingsAgain;
        if (_hasPeerSettings)
            return false;
        _hasPeerSettings = true;
        _peerSettings = settings;
        _openCredit = settings.StreamCredit;
        fault = default;
        return true;
    }

    /// <summary>Applies a frame other than settings, close or fault.</summary>
    /// <param name="frame">The frame; of a data frame its length counts, the payload is the caller's business.</param>
    /// <param name="now">Time since the connection began.</param>
    /// <param name="stream">The stream that the frame is for or has opened; null when nobody needs to know any more.</param>
    /// <param name="fault">The rule broken, when false.</param>
    public bool TryReceive(in Frame frame, TimeSpan now, out StreamState? stream, out MuxFault fault)
    {
        stream = null;
        fault = SettingsMissing;
        return _hasPeerSettings && frame.Type switch
        {
            FrameType.Open => TryAccept(frame.Stream, now, out stream, out fault),
            FrameType.Streams => TryGrantStreams(frame.Value, out fault),
            FrameType.Ping => TryPing(frame.Value, out fault),
            FrameType.Pong => Succeed(out fault),
            FrameType.Data or FrameType.Fin or FrameType.Reset => TryReceiveOnHalf(frame, out stream, out fault),
            _ => TryReceiveAboutHalf(frame, out stream, out fault),
        };
    }

    private bool TryAccept(StreamId id, TimeSpan now, out StreamState? stream, out MuxFault fault)
    {
        stream = null;
        fault = StreamOutOfOrder;
        if (id != _nextPeer)
            return false;
        fault = TooManyStreams;
        if (_peerOpenCredit == 0)
            return false;

        _peerOpenCredit--;
        _nextPeer = id.Next;
        stream = Add(id, isLocal: false, now);
        return Succeed(out fault);
    }

    private bool TryGrantStreams(ulong credit, out MuxFault fault)
    {
        fault = TooMuchCredit;
        if (credit > MuxLimits.MaxCredit - _openCredit)
            return false;
        _openCredit += credit;
        return Succeed(out fault);
    }

    private bool TryPing(ulong value, out MuxFault fault)
    {
        _pongPending = value;   // only the latest is answered: a flood of questions takes no memory
        return Succeed(out fault);
    }

    /// <summary>Data, end or reset: the peer sends on its half, which must not have ended.</summary>
    private bool TryReceiveOnHalf(in Frame frame, out StreamState? stream, out MuxFault fault)
    {
        fault = WasOpened(frame.Stream) ? EndedStream : UnknownStream;
        if (!_streams.TryGetValue(frame.Stream, out stream) || stream.Receiving.IsEnded)
            return false;

        if (frame.Type == FrameType.Data)
        {
            fault = TooManyBytes;
            return stream.Receiving.Window.TryReceive(frame.PayloadLength) && Succeed(out fault);
        }

        stream.Receiving.OnEnded();
        Forget(stream);
        return Succeed(out fault);
    }

    /// <summary>Window or stop: the peer speaks about this side's half. Late ones cross with its end and mean nothing.</summary>
    private bool TryReceiveAboutHalf(in Frame frame, out StreamState? stream, out MuxFault fault)
    {
        stream = null;
        fault = UnknownStream;
        if (!WasOpened(frame.Stream))
            return false;
        if (!_streams.TryGetValue(frame.Stream, out var known) || !known.Sending.IsOpen)
            return Succeed(out fault);

        if (frame.Type == FrameType.Stop)
        {
            stream = known;
            ResetOutput(known, frame.Value);
            return Succeed(out fault);
        }

        fault = TooMuchCredit;
        if (!known.Sending.TryGrant(frame.Value))
            return false;
        if (known.IsBlocked)
        {
            Unblock(known);
            QueueSender(known);
        }

        return Succeed(out fault);
    }

    private bool WasOpened(StreamId id) => id.Value < (id.IsOpenedBy(_side) ? _nextLocal : _nextPeer).Value;

    private static bool Succeed(out MuxFault fault)
    {
        fault = default;
        return true;
    }
}
