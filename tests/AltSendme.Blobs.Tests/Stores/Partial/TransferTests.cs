using System.IO.Pipelines;
using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Protocol;
using AltSendme.Blobs.Protocol.Requests;
using AltSendme.Blobs.Stores;
using AltSendme.Blobs.Stores.Partial;
using AltSendme.Blobs.Tests.Blake3;

namespace AltSendme.Blobs.Tests.Stores.Partial;

/// <summary>From one store to the other, through the real provider and getter.</summary>
public sealed class TransferTests : IDisposable
{
    private readonly TemporaryFolder _source = new();
    private readonly TemporaryFolder _destination = new();

    public void Dispose()
    {
        _source.Dispose();
        _destination.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_537)]
    [InlineData((1 << 20) + 1)]
    [InlineData(5_000_001)]
    public async Task A_file_that_was_interrupted_twice_arrives_whole(int size)
    {
        var content = Pattern.Random(size, size);
        using var shared = new InPlaceStore();
        var hashed = await new FileHasher().HashAsync(_source.Write("file", content), null, CancellationToken.None);
        shared.Add(hashed);
        var requested = 0L;

        for (var run = 1; run <= 3; run++)
        {
            using var store = PartialStore.Open(_destination.Path, hashed.Root);
            var file = await store.AddFileAsync("file", hashed.Root, size, CancellationToken.None);
            var wanted = run == 3 ? file.Missing : file.Missing.Intersect(ChunkRanges.FromBytes(0, size * run / 3 / TreeGeometry.GroupSize * TreeGeometry.GroupSize));
            requested += wanted.ByteCount(size);
            if (!wanted.IsEmpty)
                await FetchAsync(shared, file, wanted);
            if (run == 3)
            {
                Assert.True(file.IsComplete);
                Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(store.StagingDirectory, "file")));
            }
        }

        Assert.Equal(size, requested);
    }

    private static async Task FetchAsync(InPlaceStore shared, PartialFile file, ChunkRanges wanted)
    {
        Pipe up = new(), down = new();
        var serving = new BlobProvider(shared).ServeAsync(new Duplex(up.Reader, down.Writer), null, CancellationToken.None);
        await BlobGetter.GetAsync(new Duplex(down.Reader, up.Writer), new GetRequest(file.Hash, ChunkRangesSequence.Single(wanted)), new OneFile(file), CancellationToken.None);
        await serving;
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class OneFile(PartialFile file) : IGetTarget
    {
        public ValueTask<GetChild?> OpenAsync(long index, CancellationToken cancellationToken) => new(new GetChild(file.Hash, file.CreateSink(null)));
    }
}
