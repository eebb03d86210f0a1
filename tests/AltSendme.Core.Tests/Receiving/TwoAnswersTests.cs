using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Blake3;
using AltSendme.Blobs.Stores.Partial;
using AltSendme.Core.Receiving;
using AltSendme.TestKit;

namespace AltSendme.Core.Tests.Receiving;

/// <summary>The same content in two answers at once, as when another way to the sender is tried beside a silent one.</summary>
public sealed class TwoAnswersTests
{
    private static readonly byte[] Content = new byte[3000];

    private static readonly VerifiedBatch First = new([], [new VerifiedLeaf(0, Content.AsMemory(0, 1024))]);

    private static readonly VerifiedBatch Rest = new([], [new VerifiedLeaf(1024, Content.AsMemory(1024))]);

    [Fact]
    public async Task A_small_file_that_arrives_twice_counts_once()
    {
        using var folder = new TemporaryFolder();
        using var store = PartialStore.Open(folder.Path, default);
        var hash = Subtree.ChainingValue(Content, 0, isRoot: true);
        var file = await store.AddFileAsync("a", hash, Content.Length, default);
        var counted = 0L;
        var (one, two) = (file.CreateSink(bytes => counted += bytes), file.CreateSink(bytes => counted += bytes));

        foreach (var batch in new[] { First, Rest })
        {
            await one.WriteAsync(batch, default);
            await two.WriteAsync(batch, default);
        }

        Assert.Equal(Content.Length, counted);
        Assert.True(file.IsComplete);
    }

    [Fact]
    public async Task A_stream_gets_each_byte_once_whoever_brings_it()
    {
        using var output = new MemoryStream();
        using var sink = new StreamSink(output, default, Content.Length, CancellationToken.None);

        await sink.WriteAsync(First, default);
        await sink.WriteAsync(First, default);
        await sink.WriteAsync(Rest, default);
        await sink.WriteAsync(Rest, default);

        Assert.Equal(Content.Length, output.Length);
    }
}
