using AltSendme.Blobs.Bao;

namespace AltSendme.Blobs.Stores;

/// <summary>
/// Takes a whole blob into memory: a hash sequence, or the names of a collection. Memory grows with what has arrived and was verified, never with what the provider states.
/// </summary>
/// <param name="hash">What arrives; named in errors.</param>
/// <param name="limit">Most bytes that are taken.</param>
public sealed class MemorySink(Hash hash, int limit) : IBlobSink
{
    private byte[] _content = [];
    private int _length;

    /// <summary>Whether the whole blob has arrived.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>What has arrived so far, without gap from the start on.</summary>
    public ReadOnlyMemory<byte> Content => _content.AsMemory(0, _length);

    /// <inheritdoc/>
    /// <exception cref="BlobVerificationException">The stated size is above the limit.</exception>
    public ValueTask BeginAsync(long statedSize, CancellationToken cancellationToken)
    {
        if (statedSize > limit)
            throw new BlobVerificationException(hash, 0, $"The sender states {statedSize} bytes for {hash.ToShortString()}; at most {limit} are taken.");
        _length = 0;
        IsComplete = false;
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Not everything was asked of the blob, so that there is a gap.</exception>
    public ValueTask WriteAsync(VerifiedBatch batch, CancellationToken cancellationToken)
    {
        foreach (var leaf in batch.Leaves)
        {
            if (leaf.Offset != _length)
                throw new InvalidOperationException($"{hash.ToShortString()} must be asked for as a whole: content at {leaf.Offset} came after {_length} bytes.");
            var end = checked(_length + leaf.Content.Length);
            if (end > limit)
                throw new BlobVerificationException(hash, _length, $"The sender sends more than {limit} bytes for {hash.ToShortString()}.");
            if (end > _content.Length)
                Array.Resize(ref _content, (int)Math.Min(limit, Math.Max(end, 2L * _content.Length)));
            leaf.Content.CopyTo(_content.AsMemory(_length));
            _length = end;
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask EndAsync(CancellationToken cancellationToken)
    {
        IsComplete = true;
        return ValueTask.CompletedTask;
    }
}
