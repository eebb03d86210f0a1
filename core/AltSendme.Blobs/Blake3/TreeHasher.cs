namespace AltSendme.Blobs.Blake3;

/// <summary>Hashes trees with the best kernel of this machine. One virtual call a subtree; everything below it is resolved at compile time.</summary>
internal abstract class TreeHasher
{
    /// <summary>The one to use.</summary>
    public static TreeHasher Best { get; } = new TreeHasher<ScalarKernel>();

    /// <summary>The root of the tree over <paramref name="data"/>, or of any subtree: the caller decides by what it has written.</summary>
    public abstract Node Top(ReadOnlySpan<byte> data, ulong firstChunk, in TreeMode mode);

    /// <summary>The chaining values of consecutive subtrees of 2^<paramref name="level"/> complete chunks, 32 bytes each.</summary>
    public abstract void Subtrees(ReadOnlySpan<byte> data, ulong firstChunk, int level, in TreeMode mode, Span<byte> values);
}
