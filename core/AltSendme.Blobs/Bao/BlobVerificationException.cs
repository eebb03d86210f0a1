namespace AltSendme.Blobs.Bao;

/// <summary>The provider sent bytes that do not belong to the blob. It is broken or dishonest: ask another one.</summary>
/// <param name="hash">The blob.</param>
/// <param name="offset">Where in the blob the bytes that failed begin.</param>
/// <param name="message">What failed, for people.</param>
public sealed class BlobVerificationException(Hash hash, long offset, string message) : BlobTransferException(hash, message)
{
    /// <summary>Where in the blob the bytes that failed begin: the start of a chunk or of the subtree whose parent was wrong.</summary>
    public long Offset { get; } = offset;
}
