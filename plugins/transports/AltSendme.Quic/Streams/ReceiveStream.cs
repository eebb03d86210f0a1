namespace AltSendme.Quic.Streams;

/// <summary>The receiving part of a stream (RFC 9000, section 3.2).</summary>
internal sealed class ReceiveStream(StreamId id, ulong initialWindow, ulong maxWindow) : IDisposable
{
    private static readonly TransportError BeyondCredit = new(TransportErrorCode.FlowControlError, "STREAM exceeds the stream's credit");
    private static readonly TransportError BeyondEnd = new(TransportErrorCode.FinalSizeError, "Data beyond the final size of a stream");
    private static readonly TransportError EndMoved = new(TransportErrorCode.FinalSizeError, "The final size of a stream changed");
    private static readonly TransportError TooManyGaps = new(TransportErrorCode.InternalError, "A stream has too many gaps");

    private readonly ReassemblyBuffer _buffer = new();
    private ulong? _finalSize;
    private ulong? _resetCode;
    private bool _isStopped;
    private bool _isFinishedByReader;

    /// <summary>The stream.</summary>
    public StreamId Id { get; } = id;

    /// <summary>Credit of this stream.</summary>
    public ReceiveWindow Window { get; } = new(initialWindow, maxWindow);

    /// <summary>Offset after the highest byte received, or the final size: what counts for the connection's credit.</summary>
    public ulong Highest { get; private set; }

    /// <summary>Whether MAX_STREAM_DATA should be sent.</summary>
    public bool IsCreditPending { get; set; }

    /// <summary>Code of a STOP_SENDING that should be sent.</summary>
    public ulong? PendingStop { get; set; }

    /// <summary>Code that <see cref="Stop"/> was given.</summary>
    public ulong StopCode { get; private set; }

    /// <summary>Whether an event told the reader that there is something; it is told again only after it found nothing.</summary>
    public bool IsSignalled { get; set; }

    /// <summary>Whether nothing more will come or be read: the stream can be forgotten.</summary>
    public bool IsDone => _isFinishedByReader || (_isStopped && _finalSize is not null && PendingStop is null);

    /// <summary>Whether more credit makes sense: neither ended, reset nor stopped.</summary>
    public bool WantsCredit => _finalSize is null && _resetCode is null && !_isStopped;

    /// <summary>Whether a read would give something other than Blocked.</summary>
    public bool HasNews => !_isFinishedByReader && !_isStopped && (_buffer.ReadableEnd > _buffer.ReadOffset || _resetCode is not null || _finalSize == _buffer.ReadOffset);

    /// <summary>Takes a STREAM frame, whose <see cref="FreshBytes"/> the caller has checked against the connection's credit.</summary>
    public bool OnData(ulong offset, ReadOnlySpan<byte> data, bool isFin, out TransportError error)
    {
        var end = offset + (ulong)data.Length;
        if (!CheckEnd(end, isFin, out error))
            return false;

        Highest = Math.Max(Highest, end);
        if (isFin)
            _finalSize = end;
        if (_isStopped || _resetCode is not null || _isFinishedByReader || _buffer.Insert(offset, data))
            return true;

        error = TooManyGaps;
        return false;
    }

    /// <summary>How many bytes of the connection's credit a frame that ends at <paramref name="end"/> uses.</summary>
    public ulong FreshBytes(ulong end) => end > Highest ? end - Highest : 0;

    /// <summary>Takes a RESET_STREAM frame.</summary>
    public bool OnReset(ulong errorCode, ulong finalSize, out TransportError error)
    {
        if (!CheckEnd(finalSize, true, out error))
            return false;

        // Only an end that the peer meant as one outweighs a reset: bytes up to the final size alone may be a cut-off message.
        var isWhole = _finalSize is { } known && _buffer.ReadableEnd == known;
        Highest = finalSize;
        _finalSize = finalSize;
        if (_resetCode is null && !_isFinishedByReader && !isWhole)
        {
            _resetCode = errorCode;
            _buffer.Dispose();
        }

        return true;
    }

    /// <summary>Reads what is in order.</summary>
    public StreamReadResult Read(Span<byte> destination)
    {
        if (_isStopped || _isFinishedByReader)
            return new StreamReadResult(StreamReadStatus.Closed);
        if (_resetCode is { } code)
        {
            _isFinishedByReader = true;
            return new StreamReadResult(StreamReadStatus.Reset, ErrorCode: code);
        }

        var count = _buffer.Read(destination);
        if (count > 0)
        {
            Window.OnConsumed((ulong)count);
            return new StreamReadResult(StreamReadStatus.Data, count);
        }

        if (_finalSize == _buffer.ReadOffset)
        {
            _isFinishedByReader = true;
            return new StreamReadResult(StreamReadStatus.Finished);
        }

        return new StreamReadResult(destination.IsEmpty && _buffer.ReadableEnd > _buffer.ReadOffset ? StreamReadStatus.Data : StreamReadStatus.Blocked);
    }

    /// <summary>Gives the stream up: what came is dropped and the peer is asked to stop. False when that is pointless.</summary>
    public bool Stop(ulong errorCode)
    {
        if (_isStopped || _isFinishedByReader)
            return false;

        _isStopped = true;
        StopCode = errorCode;
        if (_resetCode is null && (_finalSize is null || _finalSize > _buffer.ReadableEnd))
            PendingStop = errorCode;
        else
            _isFinishedByReader = true;
        _buffer.Dispose();
        return true;
    }

    /// <summary>Bytes that came, but that no reader will take: they are given back to the connection's credit at once.</summary>
    public ulong TakeUnreadable()
    {
        if (!_isStopped && _resetCode is null)
            return 0;

        var unread = Highest - Window.Consumed;
        Window.OnConsumed(unread);
        return unread;
    }

    /// <inheritdoc />
    public void Dispose() => _buffer.Dispose();

    private bool CheckEnd(ulong end, bool isFinal, out TransportError error)
    {
        error = default;
        if (end > Window.Limit)
            error = BeyondCredit;
        else if (_finalSize is { } size && end > size)
            error = BeyondEnd;
        else if (isFinal && ((_finalSize is { } known && known != end) || end < Highest))
            error = EndMoved;
        return !error.IsError;
    }
}
