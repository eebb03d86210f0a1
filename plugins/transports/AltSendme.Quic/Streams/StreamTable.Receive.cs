using AltSendme.Quic.Frames;

namespace AltSendme.Quic.Streams;

/// <summary>What arrives for streams, and reading it.</summary>
internal sealed partial class StreamTable
{
    private static readonly TransportError NotReceivable = new(TransportErrorCode.StreamStateError, "The peer may not send on this stream");
    private static readonly TransportError NotSendable = new(TransportErrorCode.StreamStateError, "The peer does not receive on this stream");
    private static readonly TransportError NotOpened = new(TransportErrorCode.StreamStateError, "The stream was not opened yet");
    private static readonly TransportError TooManyStreams = new(TransportErrorCode.StreamLimitError, "More streams than the limit allows");
    private static readonly TransportError BeyondCredit = new(TransportErrorCode.FlowControlError, "Data exceeds the connection's credit");

    private readonly ReceiveWindow _window;
    private ulong _received;
    private bool _isCreditPending;

    /// <summary>Takes STREAM.</summary>
    public bool OnStream(in StreamFrame frame, out TransportError error)
    {
        if (!TryResolve(new StreamId(frame.StreamId), needsReceive: true, out var stream, out error))
            return false;
        if (stream?.Receive is not { } receive)
            return true;

        var fresh = receive.FreshBytes(frame.Offset + (ulong)frame.Data.Length);
        if (!ChargeCredit(fresh, out error) || !receive.OnData(frame.Offset, frame.Data, frame.IsFin, out error))
            return false;
        AfterReceiving(stream, receive);
        return true;
    }

    /// <summary>Takes RESET_STREAM.</summary>
    public bool OnReset(in ResetStreamFrame frame, out TransportError error)
    {
        if (!TryResolve(new StreamId(frame.StreamId), needsReceive: true, out var stream, out error))
            return false;
        if (stream?.Receive is not { } receive)
            return true;

        if (!ChargeCredit(receive.FreshBytes(frame.FinalSize), out error) || !receive.OnReset(frame.ErrorCode, frame.FinalSize, out error))
            return false;
        AfterReceiving(stream, receive);
        return true;
    }

    /// <summary>Takes STREAM_DATA_BLOCKED; it only opens the stream, because credit is raised by what is read.</summary>
    public bool OnDataBlocked(ulong streamId, out TransportError error) => TryResolve(new StreamId(streamId), needsReceive: true, out _, out error);

    /// <summary>Reads a stream.</summary>
    public StreamReadResult Read(StreamId id, Span<byte> destination, TimeSpan roundTrip, Instant now)
    {
        if (!TryFind(id, out var stream) || stream.Receive is not { } receive)
            return new StreamReadResult(StreamReadStatus.Closed);

        var result = receive.Read(destination);
        if (result.Status == StreamReadStatus.Data)
        {
            _window.OnConsumed((ulong)result.Count);
            _window.Tune(_received, roundTrip, now);
            receive.Window.Tune(receive.Highest, roundTrip, now);
            if (receive.WantsCredit && receive.Window.TryRaise(receive.Highest))
            {
                receive.IsCreditPending = true;
                QueueControl(stream);
            }

            _isCreditPending |= _window.TryRaise(_received);
        }
        else if (result.Status == StreamReadStatus.Blocked)
        {
            receive.IsSignalled = false;
        }

        RemoveIfDone(stream);
        return result;
    }

    /// <summary>Asks the peer to stop sending, and drops what came.</summary>
    public bool Stop(StreamId id, ulong errorCode)
    {
        if (!TryFind(id, out var stream) || stream.Receive is not { } receive || !receive.Stop(errorCode))
            return false;

        GiveBack(receive);
        QueueControl(stream);
        RemoveIfDone(stream);
        return true;
    }

    private void AfterReceiving(QuicStream stream, ReceiveStream receive)
    {
        GiveBack(receive);
        if (!receive.IsSignalled && receive.HasNews)
        {
            receive.IsSignalled = true;
            _events.Enqueue(new ConnectionEvent(ConnectionEventKind.StreamReadable, receive.Id));
        }

        RemoveIfDone(stream);
    }

    private void GiveBack(ReceiveStream receive)
    {
        var unread = receive.TakeUnreadable();
        if (unread == 0)
            return;
        _window.OnConsumed(unread);
        _isCreditPending |= _window.TryRaise(_received);
    }

    private bool ChargeCredit(ulong fresh, out TransportError error)
    {
        error = _received + fresh > _window.Limit ? BeyondCredit : default;
        if (!error.IsError)
            _received += fresh;
        return !error.IsError;
    }
}
