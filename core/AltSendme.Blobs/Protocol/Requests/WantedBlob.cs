using AltSendme.Blobs.Bao;

namespace AltSendme.Blobs.Protocol.Requests;

/// <summary>A blob of a request of which something is wanted.</summary>
/// <param name="Index">0 for the root, 1 and up for the children.</param>
/// <param name="Ranges">What is wanted; not empty.</param>
public readonly record struct WantedBlob(ulong Index, ChunkRanges Ranges);
