namespace AltSendme.Quic.Streams;

/// <summary>The sending part of a stream (RFC 9000, section 3.1).</summary>
internal sealed class SendStream(StreamId id, ulong initialCredit) : IDisposable
{
    private bool _isFinished;
    private bool _isFinPending;
    private bool _isFinAcknowledged;
    private bool _isResetAcknowledged;

    /// <summary>The stream.</summary>
    public StreamId Id { get; } = id;

    /// <summary>The bytes.</summary>
    public SendBuffer Buffer { get; } = new();

    /// <summary>Offset up to which the peer lets us send.</summary>
    public ulong Credit { get; private set; } = initialCredit;

    /// <summary>Streams of a higher priority are sent first.</summary>
    public int Priority { get; set; }

    /// <summary>Whether the scheduler has it in its queue.</summary>
    public bool IsQueued { get; set; }

    /// <summary>Whether the writer waits for room and must be told.</summary>
    public bool IsWriterWaiting { get; set; }

    /// <summary>Whether a STREAM_DATA_BLOCKED for this credit was sent already.</summary>
    public ulong? BlockedAt { get; set; }

    /// <summary>Whether RESET_STREAM should be sent.</summary>
    public bool IsResetPending { get; set; }

    /// <summary>Code of our reset, once there was one.</summary>
    public ulong? ResetCode { get; private set; }

    /// <summary>The peer's STOP_SENDING code, once it came.</summary>
    public ulong? StopCode { get; private set; }

    /// <summary>Whether bytes can still be written.</summary>
    public bool IsWritable => !_isFinished && ResetCode is null;

    /// <summary>Whether the peer has everything, or knows of the reset.</summary>
    public bool IsDone => _isResetAcknowledged || (_isFinAcknowledged && Buffer.IsAcknowledged);

    /// <summary>Whether there is something to send that the stream's credit allows.</summary>
    public bool HasWork => ResetCode is null && (Buffer.HasLost || (Buffer.HasFresh && Buffer.Sent < Credit) || (_isFinPending && Buffer.Sent == Buffer.End));

    /// <summary>Whether what is to be sent next needs the connection's credit: fresh bytes and nothing else.</summary>
    public bool NeedsConnectionCredit => !Buffer.HasLost && Buffer.HasFresh;

    /// <summary>Whether only the stream's credit holds it back.</summary>
    public bool IsBlockedByCredit => ResetCode is null && Buffer.Sent == Credit && (Buffer.HasFresh || IsWriterWaiting);

    /// <summary>Bytes that the stream's credit lets the writer add.</summary>
    public ulong WritableBytes => Credit > Buffer.End ? Credit - Buffer.End : 0;

    /// <summary>Says that no more will be written.</summary>
    public void Finish()
    {
        _isFinished = true;
        _isFinPending = true;
    }

    /// <summary>Gives the stream up and returns how many buffered bytes were dropped.</summary>
    public ulong Reset(ulong errorCode)
    {
        var dropped = Buffer.Held;
        ResetCode = errorCode;
        IsResetPending = true;
        FinalSize = Buffer.Sent;
        Buffer.Dispose();
        return dropped;
    }

    /// <summary>What RESET_STREAM tells as the final size: the bytes that used credit.</summary>
    public ulong FinalSize { get; private set; }

    /// <summary>Takes the peer's STOP_SENDING; false when it changes nothing.</summary>
    public bool OnStopped(ulong errorCode)
    {
        if (StopCode is not null || ResetCode is not null || IsDone)
            return false;
        StopCode = errorCode;
        return true;
    }

    /// <summary>Takes MAX_STREAM_DATA; false when it is not higher.</summary>
    public bool OnCredit(ulong maximum)
    {
        if (maximum <= Credit)
            return false;
        Credit = maximum;
        return true;
    }

    /// <summary>Picks what goes into the next frame.</summary>
    public bool TryTake(int room, ulong connectionCredit, out NumberRange range, out bool isFin)
    {
        var limit = Math.Min(Credit, Buffer.Sent + connectionCredit);
        var hasBytes = Buffer.TryTake(room, limit, out range);
        isFin = _isFinPending && range.End == Buffer.End && Buffer.Sent == Buffer.End && !(!hasBytes && Buffer.HasLost);
        if (isFin)
            _isFinPending = false;
        return hasBytes || isFin;
    }

    /// <summary>The peer has a frame; returns the bytes that were let go.</summary>
    public ulong OnAcknowledged(ulong start, ulong end, bool isFin)
    {
        if (ResetCode is not null)
            return 0;
        _isFinAcknowledged |= isFin;
        if (isFin)
            _isFinPending = false;
        return Buffer.OnAcknowledged(start, end);
    }

    /// <summary>A frame was lost.</summary>
    public void OnLost(ulong start, ulong end, bool isFin)
    {
        if (ResetCode is not null)
            return;
        Buffer.OnLost(start, end);
        _isFinPending |= isFin && !_isFinAcknowledged;
    }

    /// <summary>The peer has our reset.</summary>
    public void OnResetAcknowledged() => _isResetAcknowledged = true;

    /// <inheritdoc />
    public void Dispose() => Buffer.Dispose();
}
