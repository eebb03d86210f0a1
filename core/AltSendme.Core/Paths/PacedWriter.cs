using System.Buffers;
using System.IO.Pipelines;

namespace AltSendme.Core.Paths;

/// <summary>Writes no faster than a limit. While there is one, what is written is gathered and goes out in small pieces, so that the peer is never left without a sign for long; otherwise it is written straight through.</summary>
internal sealed class PacedWriter(PipeWriter inner, RateLimit limit) : PipeWriter
{
    private const int PieceLength = 16 * 1024;

    private readonly ArrayBufferWriter<byte> _gathered = new();
    private bool _isGathering;

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes + _gathered.WrittenCount;

    public override void Advance(int bytes)
    {
        if (_isGathering)
            _gathered.Advance(bytes);
        else
            inner.Advance(bytes);
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) => Gathers() ? _gathered.GetMemory(sizeHint) : inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => Gathers() ? _gathered.GetSpan(sizeHint) : inner.GetSpan(sizeHint);

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null)
    {
        if (exception is null)
            inner.Write(_gathered.WrittenSpan);
        _gathered.ResetWrittenCount();
        inner.Complete(exception);
    }

    public override async ValueTask CompleteAsync(Exception? exception = null)
    {
        if (exception is null && _gathered.WrittenCount > 0)
            await FlushAsync();
        await inner.CompleteAsync(exception);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => _gathered.WrittenCount == 0 ? inner.FlushAsync(cancellationToken) : FlushPiecesAsync(cancellationToken);

    private bool Gathers() => _isGathering = _gathered.WrittenCount > 0 || limit.IsOn;

    private async ValueTask<FlushResult> FlushPiecesAsync(CancellationToken cancellationToken)
    {
        var result = default(FlushResult);
        for (var rest = _gathered.WrittenMemory; !rest.IsEmpty && !result.IsCompleted && !result.IsCanceled;)
        {
            var length = Math.Min(PieceLength, rest.Length);
            await limit.TakeAsync(length, cancellationToken);
            inner.Write(rest.Span[..length]);
            result = await inner.FlushAsync(cancellationToken);
            rest = rest[length..];
        }

        _gathered.ResetWrittenCount();
        return result;
    }
}
