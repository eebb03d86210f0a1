using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using AltSendme.Abstractions;

namespace AltSendme.DirectConnections.Streams;

/// <summary>The writing end of a stream: the writer of a bounded pipe that the connection's send loop empties. A flush waits while the pipe is full.</summary>
internal sealed class StreamOutput(PipeWriter pipe, PipedStream stream) : PipeWriter
{
    /// <inheritdoc/>
    public override bool CanGetUnflushedBytes => pipe.CanGetUnflushedBytes;

    /// <inheritdoc/>
    public override long UnflushedBytes => pipe.UnflushedBytes;

    /// <inheritdoc/>
    public override Memory<byte> GetMemory(int sizeHint = 0) => pipe.GetMemory(sizeHint);

    /// <inheritdoc/>
    public override Span<byte> GetSpan(int sizeHint = 0) => pipe.GetSpan(sizeHint);

    /// <inheritdoc/>
    public override void Advance(int bytes) => pipe.Advance(bytes);

    /// <inheritdoc/>
    public override void CancelPendingFlush() => pipe.CancelPendingFlush();

    /// <inheritdoc/>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (stream.OutputFailure is { } failure)
            return ValueTask.FromException<FlushResult>(failure.ToException());
        var flush = pipe.FlushAsync(cancellationToken);
        stream.OnOutgoing();
        return flush.IsCompletedSuccessfully ? ValueTask.FromResult(Judge(flush.Result)) : FinishFlushAsync(flush);
    }

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null)
    {
        if (exception is not null)
            stream.ResetOutput(CloseCode.None);
        pipe.Complete();
        stream.OnOutputCompleted();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<FlushResult> FinishFlushAsync(ValueTask<FlushResult> flush) => Judge(await flush);

    private FlushResult Judge(FlushResult result)
    {
        if ((result.IsCompleted || result.IsCanceled) && stream.OutputFailure is { } failure)
            throw failure.ToException();
        return result;
    }
}
