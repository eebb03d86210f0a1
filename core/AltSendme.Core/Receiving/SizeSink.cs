using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Stores;

namespace AltSendme.Core.Receiving;

/// <summary>Takes a blob's last chunk for what it proves: the blob's size. The content is fetched with the rest later.</summary>
internal sealed class SizeSink : IBlobSink
{
    private bool _arrived;

    /// <summary>The size; proved once something has arrived.</summary>
    public long Size { get; private set; }

    /// <summary>Ready for the next blob.</summary>
    public void Reset() => (_arrived, Size) = (false, 0);

    public ValueTask BeginAsync(long statedSize, CancellationToken cancellationToken)
    {
        Size = statedSize;
        return ValueTask.CompletedTask;
    }

    public ValueTask WriteAsync(VerifiedBatch batch, CancellationToken cancellationToken)
    {
        _arrived = true;
        return ValueTask.CompletedTask;
    }

    public ValueTask EndAsync(CancellationToken cancellationToken) =>
        _arrived || Size == 0 ? ValueTask.CompletedTask : throw new InvalidOperationException("A blob's last chunk ended without having arrived.");
}
