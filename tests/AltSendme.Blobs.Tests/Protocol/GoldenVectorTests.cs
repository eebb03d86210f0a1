using System.Security.Cryptography;
using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Protocol;
using AltSendme.Blobs.Protocol.Requests;
using AltSendme.Blobs.Tests.Bao;

namespace AltSendme.Blobs.Tests.Protocol;

public sealed class GoldenVectorTests
{
    /// <summary>iroh 0.35 knows no Observe, so that its answer to one is empty; 1.x and we give one.</summary>
    private const string OnlyInLaterVersions = "request: Observe";

    public static TheoryData<string> Names => [.. GoldenVector.All.Keys.Where(what => what != OnlyInLaterVersions)];

    [Theory, MemberData(nameof(Names))]
    public async Task Our_provider_answers_as_iroh_did_and_our_getter_takes_the_answer(string what)
    {
        var vector = GoldenVector.All[what];
        var request = Convert.FromHexString(vector.Request);
        var (stream, sent) = DuplexPipe.Saying(request);

        await new BlobProvider(GoldenVector.Source).ServeAsync(stream, null, default);

        await stream.Output.CompleteAsync();
        var answer = await Answers.ReadAllAsync(sent);
        AssertSame(vector, answer);
        if (answer.Length > 0)
            await TakeAsync(vector, request, answer);
    }

    private static void AssertSame(GoldenVector vector, byte[] answer)
    {
        if (vector.Response is not null)
        {
            Assert.Equal(vector.Response, Convert.ToHexStringLower(answer));
            return;
        }

        Assert.Equal(vector.Length, answer.Length);
        Assert.Equal(vector.Sha256, Convert.ToHexStringLower(SHA256.HashData(answer)));
    }

    private static async Task TakeAsync(GoldenVector vector, byte[] encoded, byte[] answer)
    {
        Assert.True(GetRequest.TryDecode(encoded, out var request));
        var (stream, sent) = DuplexPipe.Saying(answer);
        var target = new MemoryTarget(request.Hash, GoldenVector.Source[request.Hash].Content);

        if (vector.What.Contains("missing: all", StringComparison.Ordinal))
            await Assert.ThrowsAsync<BlobNotFoundException>(() => BlobGetter.GetAsync(stream, request, target, default));
        else
            await BlobGetter.GetAsync(stream, request, target, default);

        if (!vector.What.Contains("touching selections", StringComparison.Ordinal) && !vector.What.Contains("bytes after it", StringComparison.Ordinal))
            Assert.Equal(encoded, await Answers.ReadAllAsync(sent));
        foreach (var (index, (hash, sink)) in target.Received.Where(received => received.Value.Sink.HasEnded))
        {
            var content = GoldenVector.Source[hash].Content;
            Assert.Equal(content.Length, sink.StatedSize);
            Assert.Equal(request.Ranges[(ulong)index].ByteCount(content.Length), sink.Received);
            AssertContent(content, sink);
        }
    }

    private static void AssertContent(byte[] content, CollectingSink sink)
    {
        var received = sink.Content;
        foreach (var (offset, length) in sink.Leaves)
            Assert.True(content.AsSpan((int)offset, length).SequenceEqual(received.AsSpan((int)offset, length)));
    }
}
