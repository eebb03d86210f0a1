using AltSendme.Blobs.Bao;

namespace AltSendme.Blobs.Stores;

/// <summary>Takes one blob as it arrives. Nothing reaches it that was not checked against the blob's hash.</summary>
public interface IBlobSink
{
    /// <summary>Called first, with the size that the provider states. It is proved only once the blob's last chunk has arrived, so nothing is allocated by it.</summary>
    ValueTask BeginAsync(long statedSize, CancellationToken cancellationToken);

    /// <summary>Takes what was verified. When it returns, the batch's memory belongs to the stream again.</summary>
    ValueTask WriteAsync(VerifiedBatch batch, CancellationToken cancellationToken);

    /// <summary>Called last, when everything that was asked of this blob has arrived.</summary>
    ValueTask EndAsync(CancellationToken cancellationToken);
}
