using AltSendme.Quic.Frames;
using AltSendme.Quic.Packets;
using AltSendme.Quic.Recovery;

namespace AltSendme.Quic.Streams;

/// <summary>Writing to streams, and what goes into packets.</summary>
internal sealed partial class StreamTable
{
    private const int SmallestPiece = 16;

    private readonly StreamScheduler _scheduler = new();
    private readonly List<SendStream> _waitingWriters = [];
    private ulong _sendCredit;
    private ulong _sent;
    private bool _mayWake;

    /// <summary>Bytes that were written and not yet acknowledged, on all streams.</summary>
    public ulong Held { get; private set; }

    /// <summary>Whether STREAM frames could be sent.</summary>
    public bool HasData => _scheduler.HasWork;

    /// <summary>Writes to a stream as much as its credit and <paramref name="budget"/>, the bytes that all streams together may hold, allow.</summary>
    public StreamWriteResult Write(StreamId id, ReadOnlySpan<byte> bytes, ulong budget)
    {
        if (!TryFind(id, out var stream) || stream.Send is not { } send)
            return new StreamWriteResult(StreamWriteStatus.Closed);
        if (send.StopCode is { } code)
            return new StreamWriteResult(StreamWriteStatus.Stopped, ErrorCode: code);
        if (!send.IsWritable)
            return new StreamWriteResult(StreamWriteStatus.Closed);

        var room = Math.Min(send.WritableBytes, budget - Math.Min(Held, budget));
        var count = (int)Math.Min((ulong)bytes.Length, room);
        if (count > 0)
        {
            send.Buffer.Append(bytes[..count]);
            Held += (ulong)count;
            _scheduler.Enqueue(send);
        }

        if (count < bytes.Length)
            WaitForRoom(stream, send);
        return new StreamWriteResult(count > 0 || bytes.IsEmpty ? StreamWriteStatus.Accepted : StreamWriteStatus.Blocked, count);
    }

    /// <summary>Ends a stream after what was written; false when it was ended or reset before.</summary>
    public bool Finish(StreamId id)
    {
        if (!TryFind(id, out var stream) || stream.Send is not { IsWritable: true } send)
            return false;
        send.Finish();
        _scheduler.Enqueue(send);
        return true;
    }

    /// <summary>Abandons a stream; false when the peer has everything or it was reset before.</summary>
    public bool Reset(StreamId id, ulong errorCode)
    {
        if (!TryFind(id, out var stream) || stream.Send is not { ResetCode: null, IsDone: false } send)
            return false;
        Abandon(stream, send, errorCode);
        return true;
    }

    /// <summary>Sets which streams go first.</summary>
    public bool SetPriority(StreamId id, int priority)
    {
        if (!TryFind(id, out var stream) || stream.Send is not { } send)
            return false;
        send.Priority = priority;
        return true;
    }

    /// <summary>Takes STOP_SENDING: the stream is reset with the peer's code (RFC 9000, section 3.5).</summary>
    public bool OnStopSending(in StopSendingFrame frame, out TransportError error)
    {
        if (!TryResolve(new StreamId(frame.StreamId), needsReceive: false, out var stream, out error))
            return false;
        if (stream?.Send is not { } send || !send.OnStopped(frame.ErrorCode))
            return true;
        _events.Enqueue(new ConnectionEvent(ConnectionEventKind.StreamStopped, stream.Id, frame.ErrorCode));
        Abandon(stream, send, frame.ErrorCode);
        return true;
    }

    /// <summary>Takes MAX_STREAM_DATA.</summary>
    public bool OnMaxStreamData(in MaxStreamDataFrame frame, out TransportError error)
    {
        if (!TryResolve(new StreamId(frame.StreamId), needsReceive: false, out var stream, out error))
            return false;
        if (stream?.Send is { } send && send.OnCredit(frame.Maximum))
        {
            _mayWake = true;
            _scheduler.Enqueue(send);
        }

        return true;
    }

    /// <summary>Takes MAX_DATA.</summary>
    public void OnMaxData(ulong maximum)
    {
        if (maximum <= _sendCredit)
            return;
        _sendCredit = maximum;
        _scheduler.OnConnectionCredit();
    }

    /// <summary>Fills a packet with STREAM frames and remembers them; true when it wrote any.</summary>
    public bool WriteData(ref PacketWriter writer, SentFrameRing log)
    {
        var hasWritten = false;
        while (writer.Room >= SmallestPiece && _scheduler.TryDequeue(out var send))
        {
            if (!send.HasWork)
                continue;
            if (send.NeedsConnectionCredit && _sent == _sendCredit)
            {
                _scheduler.WaitForCredit(send);
                _isBlockedPending |= _blockedAt != _sendCredit;
                continue;
            }

            var overhead = StreamFrame.HeaderLength(send.Id.Value, send.Buffer.NextOffset);
            if (overhead >= writer.Room)
            {
                _scheduler.Enqueue(send);
                break;
            }

            hasWritten |= WriteFrame(ref writer, send, writer.Room - overhead, log);
            _scheduler.Enqueue(send);
        }

        return hasWritten;
    }

    /// <summary>The peer has a STREAM frame.</summary>
    public void OnAcknowledged(in SentFrame frame)
    {
        if (!TryFind(new StreamId(frame.Id), out var stream) || stream.Send is not { } send)
            return;
        var freed = send.OnAcknowledged(frame.Offset, frame.End, frame.IsFin);
        Held -= freed;
        _mayWake |= freed > 0;
        if (send.IsDone)
            RemoveIfDone(stream);
    }

    /// <summary>A STREAM frame was lost.</summary>
    public void OnLost(in SentFrame frame)
    {
        if (!TryFind(new StreamId(frame.Id), out var stream) || stream.Send is not { } send)
            return;
        send.OnLost(frame.Offset, frame.End, frame.IsFin);
        if (send.HasWork)
            _scheduler.OnLost(send);
    }

    /// <summary>Tells writers that wait when there is room for them again.</summary>
    public void WakeWriters(ulong budget)
    {
        if (!_mayWake || _waitingWriters.Count == 0 || Held >= budget - (budget / 4))
            return;

        _mayWake = false;
        for (var i = _waitingWriters.Count - 1; i >= 0; i--)
        {
            var send = _waitingWriters[i];
            if (send.IsWritable && send.WritableBytes == 0)
                continue;
            _waitingWriters.RemoveAt(i);
            send.IsWriterWaiting = false;
            if (send.IsWritable)
                _events.Enqueue(new ConnectionEvent(ConnectionEventKind.StreamWritable, send.Id));
        }
    }

    private bool WriteFrame(ref PacketWriter writer, SendStream send, int room, SentFrameRing log)
    {
        var sentBefore = send.Buffer.Sent;
        if (!send.TryTake(Math.Min(room, 16383), _sendCredit - _sent, out var range, out var isFin))
            return false;

        _sent += send.Buffer.Sent - sentBefore;
        var length = (int)range.Length;
        StreamFrame.WriteHeader(ref writer, send.Id.Value, range.Start, length, isFin);
        send.Buffer.CopyTo(range.Start, writer.Take(length));
        log.Add(new SentFrame(SentFrameKind.Stream, isFin, length, send.Id.Value, range.Start));
        if (send.IsBlockedByCredit && send.BlockedAt != send.Credit && TryFind(send.Id, out var stream))
            QueueControl(stream);
        return true;
    }

    private void WaitForRoom(QuicStream stream, SendStream send)
    {
        if (!send.IsWriterWaiting)
        {
            send.IsWriterWaiting = true;
            _waitingWriters.Add(send);
        }

        if (send.IsBlockedByCredit && send.BlockedAt != send.Credit)
            QueueControl(stream);
    }

    private void Abandon(QuicStream stream, SendStream send, ulong errorCode)
    {
        Held -= send.Reset(errorCode);
        _mayWake = true;
        if (send.IsWriterWaiting)
        {
            _waitingWriters.Remove(send);
            send.IsWriterWaiting = false;
        }

        QueueControl(stream);
    }
}
