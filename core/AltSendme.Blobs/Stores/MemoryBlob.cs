using AltSendme.Blobs.Bao;

namespace AltSendme.Blobs.Stores;

/// <summary>A blob that is kept in memory: a hash sequence, or the names of a collection.</summary>
public sealed class MemoryBlob : IBlob
{
    private readonly ReadOnlyMemory<byte> _content;

    /// <summary>Hashes <paramref name="content"/>, which must not change any more.</summary>
    public MemoryBlob(string name, ReadOnlyMemory<byte> content)
    {
        Name = name;
        _content = content;
        (Hash, Outboard) = BlockHasher.Of(content.Span);
    }

    /// <inheritdoc/>
    public Hash Hash { get; }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public long Size => _content.Length;

    /// <inheritdoc/>
    public Outboard? Outboard { get; }

    /// <inheritdoc/>
    public ValueTask ReadAsync(long offset, IReadOnlyList<Memory<byte>> segments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(segments);
        foreach (var segment in segments)
        {
            _content.Slice(checked((int)offset), segment.Length).CopyTo(segment);
            offset += segment.Length;
        }

        return ValueTask.CompletedTask;
    }
}
