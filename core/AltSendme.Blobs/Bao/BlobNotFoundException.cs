namespace AltSendme.Blobs.Bao;

/// <summary>The answer ended where the blob should have begun: the provider does not have it, or no longer.</summary>
/// <param name="hash">The blob.</param>
public sealed class BlobNotFoundException(Hash hash) : BlobTransferException(hash, $"The sender does not have {hash.ToShortString()}. It may have stopped sharing it.");
