using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Stores;
using AltSendme.Blobs.Tests.Blake3;

namespace AltSendme.Blobs.Tests.Stores;

public sealed class MemorySinkTests
{
    [Fact]
    public async Task A_blob_is_collected_whole()
    {
        var tree = new ReferenceTree(Pattern.Random(1, 100_000));
        var sink = new MemorySink(tree.Root, 100_000);

        await sink.BeginAsync(100_000, CancellationToken.None);
        await sink.WriteAsync(tree.Batch(0, 3), CancellationToken.None);
        Assert.False(sink.IsComplete);
        await sink.WriteAsync(tree.Batch(3, 7), CancellationToken.None);
        await sink.EndAsync(CancellationToken.None);

        Assert.True(sink.IsComplete);
        Assert.Equal(tree.Content, sink.Content.ToArray());
    }

    [Fact]
    public async Task A_blob_above_the_limit_is_refused_before_it_arrives()
    {
        var sink = new MemorySink(default, 1000);

        await Assert.ThrowsAsync<BlobVerificationException>(async () => await sink.BeginAsync(1001, CancellationToken.None));
    }

    [Fact]
    public async Task More_content_than_the_limit_is_refused_whatever_size_was_stated()
    {
        var tree = new ReferenceTree(Pattern.Random(1, 40_000));
        var sink = new MemorySink(tree.Root, 20_000);
        await sink.BeginAsync(10, CancellationToken.None);

        await Assert.ThrowsAsync<BlobVerificationException>(async () => await sink.WriteAsync(tree.Batch(0, 3), CancellationToken.None));
    }
}
