namespace AltSendme.Blobs.Bao;

/// <summary>Content that was checked against the root.</summary>
/// <param name="Offset">Where it starts in the blob, in bytes; a multiple of 1024.</param>
/// <param name="Content">The bytes; borrowed from the stream's buffer until the sink's call returns. Usually a whole group of 16 KiB, fewer at the end or where chunks were asked for.</param>
public readonly record struct VerifiedLeaf(long Offset, ReadOnlyMemory<byte> Content);
