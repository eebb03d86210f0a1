using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text.Json;
using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Collections;
using AltSendme.Blobs.Protocol;
using AltSendme.Blobs.Protocol.Requests;
using AltSendme.Blobs.Stores;
using AltSendme.Blobs.Tests.Bao;
using AltSendme.Interop.Tests.Peers;

namespace AltSendme.Interop.Tests;

/// <summary>Files with random content, shared by a real node and by us, and random requests for them. <c>ALTSENDME_SEED</c> adds a seed.</summary>
public sealed class ProviderTests(ProviderTests.Peer peer) : IClassFixture<ProviderTests.Peer>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("altsendme-interop-");
    private readonly InPlaceStore _store = new();

    public static TheoryData<int> Seeds => int.TryParse(Environment.GetEnvironmentVariable("ALTSENDME_SEED"), out var seed) ? [1, 2, seed] : [1, 2];

    public void Dispose()
    {
        _store.Dispose();
        _folder.Delete(recursive: true);
    }

    [PeerTheory, MemberData(nameof(Seeds))]
    public async Task Any_ranges_of_any_file_are_answered_by_us_as_by_iroh(int seed)
    {
        var random = new Random(seed);
        var files = await ShareAsync(random, [.. Enumerable.Range(0, 5).Select(_ => RandomRanges.Size(random))]);

        foreach (var file in files)
            for (var i = 0; i < 6; i++)
                await AssertSameAnswerAsync(new GetRequest(file.Root, ChunkRangesSequence.Single(AnyRanges(random, file.Size))));
    }

    [PeerTheory, MemberData(nameof(Seeds))]
    public async Task Any_children_of_any_collection_are_answered_by_us_as_by_iroh(int seed)
    {
        var random = new Random(seed);
        var files = await ShareAsync(random, [.. Enumerable.Range(0, 20).Select(_ => RandomRanges.Size(random, most: 100_000))]);
        var collection = new Collection(files.Select((file, i) => new CollectionEntry($"folder/ü {i}", file.Root)));
        _store.Add(new MemoryBlob("metadata", collection.Metadata));
        _store.Add(new MemoryBlob("hash sequence", collection.Sequence.Bytes));

        var theirs = await peer.AskAsync(new { op = "addCollection", files = collection.Entries.Select(entry => new { name = entry.Name, hash = entry.Hash.ToString() }) });

        Assert.Equal(collection.ComputeHash().ToString(), theirs.GetProperty("hash").GetString());
        for (var i = 0; i < 10; i++)
            await AssertSameAnswerAsync(new GetRequest(collection.ComputeHash(), AnyChildren(random, files)));
    }

    private async Task<IReadOnlyList<HashedFile>> ShareAsync(Random random, int[] sizes)
    {
        var paths = sizes.Select((size, i) => WriteNoise(random, $"file-{i}", size)).ToArray();
        var files = await new FileHasher().HashAllAsync(paths, onHashed: null, CancellationToken.None);
        foreach (var file in files)
        {
            _store.Add(file);
            var theirs = await peer.AskAsync(new { op = "addFile", path = file.Path });
            Assert.Equal(file.Root.ToString(), theirs.GetProperty("hash").GetString());
        }
        return files;
    }

    private string WriteNoise(Random random, string name, int size)
    {
        var path = Path.Combine(_folder.FullName, name);
        var content = new byte[size];
        random.NextBytes(content);
        File.WriteAllBytes(path, content);
        return path;
    }

    private static ChunkRanges AnyRanges(Random random, long size) => RandomRanges.Union(RandomRanges.Ranges(random, (int)size));

    private static ChunkRangesSequence AnyChildren(Random random, IReadOnlyList<HashedFile> files) =>
        ChunkRangesSequence.Of(
            files.Take(random.Next(1, files.Count)).Select(file => random.Next(3) == 0 ? ChunkRanges.Empty : AnyRanges(random, file.Size)),
            isInfinite: random.Next(2) == 0);

    private async Task AssertSameAnswerAsync(GetRequest request)
    {
        var bytes = request.Encode();
        var theirs = await peer.AskAsync(new { op = "ask", request = Convert.ToHexStringLower(bytes) });

        var sent = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        await new BlobProvider(_store).ServeAsync(new RequestStream(PipeReader.Create(new(bytes)), sent.Writer), observer: null, CancellationToken.None);
        await sent.Writer.CompleteAsync();
        using var ours = new MemoryStream();
        await sent.Reader.CopyToAsync(ours);

        Assert.True(IsDescribedBy(theirs, ours.ToArray()), $"We answered {Convert.ToHexStringLower(bytes)} with {ours.Length} bytes, iroh with {theirs}.");
    }

    private static bool IsDescribedBy(JsonElement description, byte[] answer) =>
        description.TryGetProperty("response", out var whole)
            ? whole.GetString() == Convert.ToHexStringLower(answer)
            : description.GetProperty("length").GetInt32() == answer.Length && description.GetProperty("sha256").GetString() == Convert.ToHexStringLower(SHA256.HashData(answer));

    public sealed class Peer() : SharedPeer("tests/interop/peers/provider.mjs");

    private sealed record RequestStream(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
