namespace AltSendme.Blobs.Bao;

/// <summary>What one blob took in an answer.</summary>
/// <param name="Size">The size that the provider stated; proved where the last chunk was among what was asked.</param>
/// <param name="Content">Verified bytes of content.</param>
/// <param name="Overhead">Bytes of size and parents.</param>
internal readonly record struct VerifiedCounts(long Size, long Content, long Overhead);
