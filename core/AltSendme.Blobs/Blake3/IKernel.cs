namespace AltSendme.Blobs.Blake3;

/// <summary>Hashes many nodes at once with one kind of machine instruction. Implementations are types, not objects, so that every choice is made at compile time.</summary>
internal interface IKernel
{
    /// <summary>Whether this processor has the instructions.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>How many nodes the kernel likes to get at once: a power of two from 2 to 16.</summary>
    static abstract int Batch { get; }

    /// <summary>Writes the chaining values of consecutive complete chunks.</summary>
    /// <param name="chunks">Any multiple of 1024 bytes.</param>
    /// <param name="firstChunk">Number of the first.</param>
    /// <param name="mode">Key and mode of the tree.</param>
    /// <param name="values">Receives 32 bytes a chunk.</param>
    static abstract void HashChunks(ReadOnlySpan<byte> chunks, ulong firstChunk, in TreeMode mode, Span<byte> values);

    /// <summary>Writes the chaining values of parents.</summary>
    /// <param name="children">64 bytes a parent: two chaining values side by side.</param>
    /// <param name="mode">Key and mode of the tree.</param>
    /// <param name="values">Receives 32 bytes a parent; may start where <paramref name="children"/> does.</param>
    static abstract void HashParents(ReadOnlySpan<byte> children, in TreeMode mode, Span<byte> values);
}
