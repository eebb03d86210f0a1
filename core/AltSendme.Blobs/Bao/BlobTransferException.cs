namespace AltSendme.Blobs.Bao;

/// <summary>A blob could not be received. What had been verified before stays with the sink, so that a later request need not ask for it again.</summary>
/// <param name="hash">The blob.</param>
/// <param name="message">What happened, for people.</param>
public abstract class BlobTransferException(Hash hash, string message) : Exception(message)
{
    /// <summary>The blob that could not be received.</summary>
    public Hash Hash { get; } = hash;
}
