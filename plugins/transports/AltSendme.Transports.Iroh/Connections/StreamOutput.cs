using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace AltSendme.Transports.Iroh.Connections;

/// <summary>The writing end of a stream: QUIC's, with the faults of the contract.</summary>
internal sealed class StreamOutput(PipeWriter inner) : PipeWriter
{
    /// <summary>Whether this side gave the stream up.</summary>
    public bool IsEndedHere { get; set; }

    /// <inheritdoc/>
    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    /// <inheritdoc/>
    public override long UnflushedBytes => inner.UnflushedBytes;

    /// <inheritdoc/>
    public override void Advance(int bytes) => inner.Advance(bytes);

    /// <inheritdoc/>
    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    /// <inheritdoc/>
    public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

    /// <inheritdoc/>
    public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

    /// <inheritdoc/>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (IsEndedHere)
            return ValueTask.FromException<FlushResult>(StreamFaults.EndedHere());
        ValueTask<FlushResult> flush;
        try
        {
            flush = inner.FlushAsync(cancellationToken);
        }
        catch (Exception exception) when (StreamFaults.TryTranslate(exception) is { } fault)
        {
            return ValueTask.FromException<FlushResult>(fault);
        }

        return flush.IsCompletedSuccessfully ? flush : FinishAsync(flush);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<FlushResult> FinishAsync(ValueTask<FlushResult> flush)
    {
        try
        {
            return await flush;
        }
        catch (Exception exception) when (StreamFaults.TryTranslate(exception) is { } fault)
        {
            throw IsEndedHere ? StreamFaults.EndedHere() : fault;
        }
    }
}
