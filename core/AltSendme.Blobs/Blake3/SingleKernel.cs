namespace AltSendme.Blobs.Blake3;

/// <summary>One node after the other: for processors without vector lanes, and for the nodes that do not fill them.</summary>
internal readonly struct SingleKernel : IKernel
{
    /// <inheritdoc/>
    public static bool IsSupported => true;

    /// <inheritdoc/>
    public static int Batch => 2;

    /// <inheritdoc/>
    public static void HashChunks(ReadOnlySpan<byte> chunks, ulong firstChunk, in TreeMode mode, Span<byte> values)
    {
        for (; !chunks.IsEmpty; chunks = chunks[Parameters.ChunkLength..])
        {
            Node.OfChunk(chunks[..Parameters.ChunkLength], firstChunk++, mode).WriteValue(values);
            values = values[Parameters.ValueLength..];
        }
    }

    /// <inheritdoc/>
    public static void HashParents(ReadOnlySpan<byte> children, in TreeMode mode, Span<byte> values)
    {
        for (; !children.IsEmpty; children = children[Parameters.BlockLength..])
        {
            Node.OfParent(children[..Parameters.BlockLength], mode).WriteValue(values);
            values = values[Parameters.ValueLength..];
        }
    }
}
