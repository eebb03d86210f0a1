using System.IO.Pipelines;

namespace AltSendme.Quic.Driver;

/// <summary>The reading end of a stream: a pipe's, whose completion is told to the stream at once.</summary>
internal sealed class StreamInput(PipeReader inner, QuicStream stream) : PipeReader
{
    private int _isComplete;

    /// <inheritdoc />
    public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

    /// <inheritdoc />
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

    /// <inheritdoc />
    public override void CancelPendingRead() => inner.CancelPendingRead();

    /// <inheritdoc />
    public override void Complete(Exception? exception = null)
    {
        if (Interlocked.Exchange(ref _isComplete, 1) != 0)
            return;
        inner.Complete();
        stream.StopLater(exception);
    }

    /// <inheritdoc />
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) => inner.ReadAsync(cancellationToken);

    /// <inheritdoc />
    public override bool TryRead(out ReadResult result) => inner.TryRead(out result);
}
