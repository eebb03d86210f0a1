namespace AltSendme.Blobs.Bao;

/// <summary>A run of chunks of 1024 bytes.</summary>
/// <param name="Start">The first chunk.</param>
/// <param name="End">The chunk after the last one, greater than <paramref name="Start"/>; <see langword="null"/> when the run has no end.</param>
public readonly record struct ChunkRange(ulong Start, ulong? End);
