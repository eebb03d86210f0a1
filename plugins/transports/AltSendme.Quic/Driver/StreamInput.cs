using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace AltSendme.Quic.Driver;

/// <summary>
/// The reading end of a stream: a pipe's, whose completion is told to the stream at once. A pipe that is completed with a fault forgets the bytes in it; this one gives them out first and fails when the reader has seen
/// them all.
/// </summary>
internal sealed class StreamInput(PipeReader inner, QuicStream stream) : PipeReader
{
    private int _isComplete;
    private Exception? _end;
    private ReadOnlySequence<byte> _last;
    private bool _hasSeenAll;

    /// <summary>What the reader gets instead of the end; set before the pipe is completed.</summary>
    public void EndWith(Exception fault) => Volatile.Write(ref _end, fault);

    /// <inheritdoc />
    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    /// <inheritdoc />
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (!_last.IsEmpty)
        {
            _hasSeenAll = _last.Slice(examined).IsEmpty;
            _last = default;
        }

        inner.AdvanceTo(consumed, examined);
    }

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
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var reading = inner.ReadAsync(cancellationToken);
        return reading.IsCompletedSuccessfully ? new ValueTask<ReadResult>(Checked(reading.Result)) : WaitAsync(reading);
    }

    /// <inheritdoc />
    public override bool TryRead(out ReadResult result)
    {
        if (!inner.TryRead(out result))
            return false;
        result = Checked(result);
        return true;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> WaitAsync(ValueTask<ReadResult> reading) => Checked(await reading.ConfigureAwait(false));

    private ReadResult Checked(in ReadResult result)
    {
        if (!result.IsCompleted || Volatile.Read(ref _end) is not { } fault)
            return result;
        if (_hasSeenAll || result.Buffer.IsEmpty)
        {
            inner.AdvanceTo(result.Buffer.Start);
            throw fault;
        }

        _last = result.Buffer;
        return new ReadResult(result.Buffer, result.IsCanceled, isCompleted: false);
    }
}
