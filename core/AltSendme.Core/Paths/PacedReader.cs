using System.Buffers;
using System.IO.Pipelines;

namespace AltSendme.Core.Paths;

/// <summary>Lets a peer send no faster than a limit: what was consumed is paid for before more is read, and flow control tells the peer.</summary>
internal sealed class PacedReader(PipeReader inner, RateLimit limit) : PipeReader
{
    private ReadOnlySequence<byte> _last;
    private long _unpaid;

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (limit.IsOn)
            _unpaid += _last.Slice(0, consumed).Length;
        _last = default;
        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        await PayAsync(cancellationToken);
        return Keep(await inner.ReadAsync(cancellationToken));
    }

    public override bool TryRead(out ReadResult result)
    {
        result = default;
        if (_unpaid > 0 && limit.IsOn)
            return false;
        var isRead = inner.TryRead(out result);
        if (isRead)
            Keep(result);
        return isRead;
    }

    protected override async ValueTask<ReadResult> ReadAtLeastAsyncCore(int minimumSize, CancellationToken cancellationToken)
    {
        await PayAsync(cancellationToken);
        return Keep(await inner.ReadAtLeastAsync(minimumSize, cancellationToken));
    }

    private ValueTask PayAsync(CancellationToken cancellationToken)
    {
        var unpaid = _unpaid;
        _unpaid = 0;
        return limit.TakeAsync(unpaid, cancellationToken);
    }

    private ReadResult Keep(in ReadResult result)
    {
        _last = result.Buffer;
        return result;
    }
}
