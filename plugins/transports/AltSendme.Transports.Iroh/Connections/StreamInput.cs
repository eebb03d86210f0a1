using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace AltSendme.Transports.Iroh.Connections;

/// <summary>The reading end of a stream: QUIC's, with the faults of the contract.</summary>
internal sealed class StreamInput(PipeReader inner) : PipeReader
{
    /// <summary>Whether this side gave the stream up.</summary>
    public bool IsEndedHere { get; set; }

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

    /// <inheritdoc/>
    public override void CancelPendingRead() => inner.CancelPendingRead();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    /// <inheritdoc/>
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (IsEndedHere)
            return ValueTask.FromException<ReadResult>(StreamFaults.EndedHere());
        ValueTask<ReadResult> read;
        try
        {
            read = inner.ReadAsync(cancellationToken);
        }
        catch (Exception exception) when (StreamFaults.TryTranslate(exception) is { } fault)
        {
            return ValueTask.FromException<ReadResult>(fault);
        }

        return read.IsCompletedSuccessfully ? read : FinishAsync(read);
    }

    /// <inheritdoc/>
    public override bool TryRead(out ReadResult result)
    {
        try
        {
            return inner.TryRead(out result);
        }
        catch (Exception exception) when (StreamFaults.TryTranslate(exception) is { } fault)
        {
            throw IsEndedHere ? StreamFaults.EndedHere() : fault;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> FinishAsync(ValueTask<ReadResult> read)
    {
        try
        {
            return await read;
        }
        catch (Exception exception) when (StreamFaults.TryTranslate(exception) is { } fault)
        {
            throw IsEndedHere ? StreamFaults.EndedHere() : fault;
        }
    }
}
