using AltSendme.Quic.Frames;
using AltSendme.Quic.Packets;
using AltSendme.Quic.Recovery;

namespace AltSendme.Quic.Streams;

/// <summary>Frames about streams that carry no data: credit, limits, resets.</summary>
internal sealed partial class StreamTable
{
    // No control frame is longer: type and three variable-length integers.
    private const int LongestFrame = 1 + (3 * 8);

    private readonly Queue<QuicStream> _control = new();
    private ulong? _blockedAt;
    private bool _isBlockedPending;

    /// <summary>Whether such frames wait.</summary>
    public bool HasControl => _isCreditPending || _isBlockedPending || _control.Count > 0 || HasPending(_counts[0]) || HasPending(_counts[1]);

    /// <summary>Writes as many as fit and remembers them; true when it wrote any.</summary>
    public bool WriteControl(ref PacketWriter writer, SentFrameRing log)
    {
        var start = writer.Position;
        if (_isCreditPending && writer.Room >= LongestFrame)
        {
            _isCreditPending = false;
            new MaxDataFrame(_window.Limit).Write(ref writer);
            log.Add(SentFrame.Of(SentFrameKind.MaxData));
        }

        if (_isBlockedPending && writer.Room >= LongestFrame)
        {
            _isBlockedPending = false;
            _blockedAt = _sendCredit;
            new DataBlockedFrame(_sendCredit).Write(ref writer);
        }

        WriteLimits(ref writer, StreamDirection.Bidirectional, log);
        WriteLimits(ref writer, StreamDirection.Unidirectional, log);
        while (writer.Room >= 3 * LongestFrame && _control.TryDequeue(out var stream))
        {
            stream.IsControlQueued = false;
            if (stream.Receive is { } receive)
                WriteReceiveControl(ref writer, receive, log);
            if (stream.Send is { } send)
                WriteSendControl(ref writer, send, log);
            RemoveIfDone(stream);
        }

        return writer.Position > start;
    }

    /// <summary>The peer has such a frame.</summary>
    public void OnControlAcknowledged(in SentFrame frame)
    {
        if (frame.Kind == SentFrameKind.ResetStream && TryFind(new StreamId(frame.Id), out var stream) && stream.Send is { } send)
        {
            send.OnResetAcknowledged();
            RemoveIfDone(stream);
        }
    }

    /// <summary>Such a frame was lost: what still matters is sent again with its value of now.</summary>
    public void OnControlLost(in SentFrame frame)
    {
        if (frame.Kind == SentFrameKind.MaxData)
            _isCreditPending = true;
        else if (frame.Kind == SentFrameKind.MaxStreams)
            _counts[(int)frame.Id].IsLimitPending = true;
        else if (TryFind(new StreamId(frame.Id), out var stream))
            OnStreamControlLost(stream, frame.Kind);
    }

    private static bool HasPending(StreamCounts counts) => counts.IsLimitPending || counts.IsBlockedPending;

    private static void WriteReceiveControl(ref PacketWriter writer, ReceiveStream receive, SentFrameRing log)
    {
        if (receive.PendingStop is { } code)
        {
            receive.PendingStop = null;
            new StopSendingFrame(receive.Id.Value, code).Write(ref writer);
            log.Add(SentFrame.Of(SentFrameKind.StopSending, receive.Id.Value));
        }

        if (receive.IsCreditPending)
        {
            receive.IsCreditPending = false;
            if (!receive.WantsCredit)
                return;
            new MaxStreamDataFrame(receive.Id.Value, receive.Window.Limit).Write(ref writer);
            log.Add(SentFrame.Of(SentFrameKind.MaxStreamData, receive.Id.Value));
        }
    }

    private static void WriteSendControl(ref PacketWriter writer, SendStream send, SentFrameRing log)
    {
        if (send is { IsResetPending: true, ResetCode: { } code })
        {
            send.IsResetPending = false;
            new ResetStreamFrame(send.Id.Value, code, send.FinalSize).Write(ref writer);
            log.Add(SentFrame.Of(SentFrameKind.ResetStream, send.Id.Value));
        }
        else if (send.IsBlockedByCredit && send.BlockedAt != send.Credit)
        {
            send.BlockedAt = send.Credit;
            new StreamDataBlockedFrame(send.Id.Value, send.Credit).Write(ref writer);
        }
    }

    private void WriteLimits(ref PacketWriter writer, StreamDirection direction, SentFrameRing log)
    {
        var counts = CountsOf(direction);
        if (counts.IsLimitPending && writer.Room >= LongestFrame)
        {
            counts.IsLimitPending = false;
            new MaxStreamsFrame(direction, counts.PeerLimit).Write(ref writer);
            log.Add(SentFrame.Of(SentFrameKind.MaxStreams, (ulong)direction));
        }

        if (counts.IsBlockedPending && writer.Room >= LongestFrame)
        {
            counts.IsBlockedPending = false;
            counts.BlockedAt = counts.OpenLimit;
            new StreamsBlockedFrame(direction, counts.OpenLimit).Write(ref writer);
        }
    }

    private void OnStreamControlLost(QuicStream stream, SentFrameKind kind)
    {
        if (kind == SentFrameKind.ResetStream && stream.Send is { IsDone: false } send)
            send.IsResetPending = true;
        else if (kind == SentFrameKind.StopSending && stream.Receive is { IsDone: false } stopped)
            stopped.PendingStop = stopped.StopCode;
        else if (kind == SentFrameKind.MaxStreamData && stream.Receive is { WantsCredit: true } receive)
            receive.IsCreditPending = true;
        else
            return;
        QueueControl(stream);
    }

    private void QueueControl(QuicStream stream)
    {
        if (stream.IsControlQueued)
            return;
        stream.IsControlQueued = true;
        _control.Enqueue(stream);
    }
}
