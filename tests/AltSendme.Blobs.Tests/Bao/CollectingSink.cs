using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Stores;

namespace AltSendme.Blobs.Tests.Bao;

/// <summary>Keeps what it is given, and insists on the order that <see cref="IBlobSink"/> promises.</summary>
internal sealed class CollectingSink : IBlobSink
{
    private byte[] _content = [];
    private int _length;
    private long _next;

    public long? StatedSize { get; private set; }

    public bool HasEnded { get; private set; }

    public List<(long Offset, int Length)> Leaves { get; } = [];

    public List<VerifiedParent> Parents { get; } = [];

    public int LargestBatch { get; private set; }

    public int Batches { get; private set; }

    /// <summary>What arrived, with zeros where nothing did.</summary>
    public byte[] Content => _content[.._length];

    public long Received => Leaves.Sum(leaf => (long)leaf.Length);

    public ValueTask BeginAsync(long statedSize, CancellationToken cancellationToken)
    {
        Assert.Null(StatedSize);
        StatedSize = statedSize;
        return ValueTask.CompletedTask;
    }

    public ValueTask WriteAsync(VerifiedBatch batch, CancellationToken cancellationToken)
    {
        Assert.NotNull(StatedSize);
        Assert.False(HasEnded);
        Assert.True(batch.Leaves.Count + batch.Parents.Count > 0);
        Parents.AddRange(batch.Parents);
        foreach (var (offset, content) in batch.Leaves)
        {
            Assert.True(offset >= _next, $"A leaf at {offset} comes after one that ends at {_next}.");
            Assert.Equal(0, offset % 1024);
            Leaves.Add((offset, content.Length));
            _next = offset + content.Length;
            _length = (int)_next;
            if (_length > _content.Length)
                Array.Resize(ref _content, Math.Max(_length, 2 * _content.Length));
            content.Span.CopyTo(_content.AsSpan((int)offset));
        }

        Batches++;
        LargestBatch = Math.Max(LargestBatch, batch.Leaves.Sum(leaf => leaf.Content.Length));
        return ValueTask.CompletedTask;
    }

    public ValueTask EndAsync(CancellationToken cancellationToken)
    {
        Assert.False(HasEnded);
        HasEnded = true;
        return ValueTask.CompletedTask;
    }
}
