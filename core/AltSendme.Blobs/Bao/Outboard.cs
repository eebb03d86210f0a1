namespace AltSendme.Blobs.Bao;

/// <summary>
/// The upper part of a blob's tree, kept in memory while the blob is shared: chaining values of its blocks of 1 MiB and of the parents above them, 64 bytes a MiB.
/// The nodes inside a block are computed again from the block's bytes when it is served, which is also what proves that the bytes have not changed.
/// </summary>
public sealed class Outboard
{
    /// <summary>Level of a block in the tree: 2^10 chunks, 1 MiB.</summary>
    public const int BlockLevel = 10;

    /// <summary>Bytes of a block.</summary>
    public const int BlockSize = 1024 << BlockLevel;
}
