using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace AltSendme.DirectConnections.Streams;

/// <summary>
/// The reading end of a stream: the reader of an unbounded pipe (flow control bounds what is in it), which reports what is consumed and turns the end of the
/// connection into an exception, but only after everything that had arrived was read: a cut is never mistaken for the end of the content.
/// </summary>
internal sealed class StreamInput(PipeReader pipe, PipedStream stream) : PipeReader
{
    private ReadOnlySequence<byte> _buffer;
    private long _examinedRest;   // bytes that the reader has seen and left in the pipe
    private bool _isAtEnd;

    /// <inheritdoc/>
    public override bool TryRead(out ReadResult result)
    {
        if (!pipe.TryRead(out result))
        {
            if (stream.InputFailure is { IsImmediate: true } failure)
                throw Released(failure);
            return false;
        }

        result = Judge(result);
        return true;
    }

    /// <inheritdoc/>
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var read = pipe.ReadAsync(cancellationToken);
        return read.IsCompletedSuccessfully ? ValueTask.FromResult(Judge(read.Result)) : FinishReadAsync(read);
    }

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        var start = _buffer.GetOffset(_buffer.Start);
        var consumedLength = _buffer.GetOffset(consumed) - start;
        _examinedRest = Math.Max(0, _buffer.GetOffset(examined) - start - consumedLength);
        var isDone = _isAtEnd && consumedLength == _buffer.Length;
        _buffer = default;
        pipe.AdvanceTo(consumed, examined);
        if (consumedLength > 0)
            stream.OnConsumed(consumedLength);
        if (isDone)
            stream.ReleaseInput();
    }

    /// <inheritdoc/>
    public override void CancelPendingRead() => pipe.CancelPendingRead();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null)
    {
        pipe.Complete();
        stream.ReleaseInput();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> FinishReadAsync(ValueTask<ReadResult> read) => Judge(await read);

    private ReadResult Judge(ReadResult result)
    {
        _buffer = result.Buffer;
        _isAtEnd = false;
        if (stream.InputFailure is not { } failure)
        {
            _isAtEnd = result.IsCompleted;
            return result;
        }

        // A failure that comes with the end of the data lets the reader have the rest first; every byte that it has not seen is progress.
        if (!failure.IsImmediate && !result.IsCompleted)
            return result;
        if (!failure.IsImmediate && result.Buffer.Length > _examinedRest)
            return new ReadResult(result.Buffer, result.IsCanceled, isCompleted: false);

        _buffer = default;
        if (failure.IsImmediate)
            pipe.AdvanceTo(result.Buffer.End);
        else
            pipe.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        throw Released(failure);
    }

    private Exception Released(StreamFailure failure)
    {
        stream.ReleaseInput();
        return failure.ToException();
    }
}
