namespace AltSendme.Blobs.Blake3;

/// <summary>Hashes trees with one kernel. One virtual call a subtree; everything below it is resolved at compile time.</summary>
internal abstract class TreeHasher
{
    /// <summary>The instructions, for people.</summary>
    public abstract string Name { get; }

    /// <summary>Whether this machine can run it.</summary>
    public abstract bool IsSupported { get; }

    /// <summary>The root of the tree over <paramref name="data"/>, or of any subtree: the caller decides by what it has written.</summary>
    public abstract Node Top(ReadOnlySpan<byte> data, ulong firstChunk, in TreeMode mode);

    /// <summary>The chaining values of consecutive subtrees of 2^<paramref name="level"/> complete chunks, 32 bytes each.</summary>
    public abstract void Subtrees(ReadOnlySpan<byte> data, ulong firstChunk, int level, in TreeMode mode, Span<byte> values);

    /// <summary>The chaining values of parents: see <see cref="IKernel.HashParents"/>.</summary>
    public abstract void Parents(ReadOnlySpan<byte> children, in TreeMode mode, Span<byte> values);

    /// <summary>The parent of all: joins the chaining values of subtrees that are complete and equal, except that the last may be smaller. Overwrites <paramref name="values"/>.</summary>
    /// <param name="values">At least two, 32 bytes each.</param>
    /// <param name="mode">Key and mode of the tree.</param>
    public abstract Node Join(Span<byte> values, in TreeMode mode);
}
