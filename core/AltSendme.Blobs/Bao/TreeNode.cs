namespace AltSendme.Blobs.Bao;

/// <summary>A node of a blob's tree: the subtree that starts at chunk <paramref name="FirstChunk"/> and nominally has 2^<paramref name="Level"/> chunks (the last one on each level may have fewer).</summary>
/// <param name="FirstChunk">A multiple of 2^<paramref name="Level"/>.</param>
/// <param name="Level">0 for a chunk, 4 for a group of 16 KiB, above it the parents.</param>
public readonly record struct TreeNode(ulong FirstChunk, int Level)
{
    /// <summary>The first half.</summary>
    public TreeNode Left => new(FirstChunk, Level - 1);

    /// <summary>The second half; where it would start beyond the blob, the node has no such child and stands for its left one.</summary>
    public TreeNode Right => new(FirstChunk + (1UL << (Level - 1)), Level - 1);
}
