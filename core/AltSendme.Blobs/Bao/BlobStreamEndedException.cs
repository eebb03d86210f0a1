namespace AltSendme.Blobs.Bao;

/// <summary>The answer ended in the middle of a blob. Asking for the rest is worth a try.</summary>
/// <param name="hash">The blob.</param>
/// <param name="offset">Where in the blob the missing bytes begin.</param>
public sealed class BlobStreamEndedException(Hash hash, long offset)
    : BlobTransferException(hash, $"The sender stopped in the middle of {hash.ToShortString()}, at byte {offset}.")
{
    /// <summary>Where in the blob the missing bytes begin.</summary>
    public long Offset { get; } = offset;
}
