namespace AltSendme.Blobs.Protocol;

/// <summary>What a request took.</summary>
/// <param name="Blobs">Blobs of which something arrived.</param>
/// <param name="Content">Bytes of verified content.</param>
/// <param name="Overhead">Bytes of sizes and parents.</param>
public readonly record struct GetStatistics(long Blobs, long Content, long Overhead);
