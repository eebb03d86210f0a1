using System.IO.Pipelines;
using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Protocol;
using AltSendme.Blobs.Protocol.Requests;
using AltSendme.Blobs.Tests.Bao;

namespace AltSendme.Blobs.Tests.Protocol;

public sealed class BlobGetterTests
{
    private static readonly PipeOptions Narrow = new(pauseWriterThreshold: 64 * 1024, resumeWriterThreshold: 32 * 1024, useSynchronizationContext: false);
    private readonly PatternSource _source = new();

    [Fact]
    public async Task A_collection_arrives_whole_through_a_narrow_stream()
    {
        var sizes = new[] { 0, 1, 16384, 16385, 100_000, 1_048_576, 1_300_000 };
        var root = _source.AddCollection(sizes.Select((size, i) => ($"file {i}", _source.Add(PatternBlob.Pattern(size, i)))));
        var target = new MemoryTarget(root);

        var (statistics, result) = await TransferAsync(new GetRequest(root, ChunkRangesSequence.All), target);

        Assert.Equal(ServeOutcome.Completed, result.Outcome);
        Assert.Equal(sizes.Length + 2, statistics.Blobs);
        Assert.Equal(target.Received.Values.Sum(blob => blob.Sink.Received), statistics.Content);
        for (var i = 0; i < sizes.Length; i++)
            Assert.True(PatternBlob.Pattern(sizes[i], i).AsSpan().SequenceEqual(target.Received[i + 2].Sink.Content));
    }

    [Fact]
    public async Task Ten_thousand_small_files_come_in_one_request()
    {
        var root = _source.AddCollection(Enumerable.Range(0, 10_000).Select(i => ($"{i}", _source.Add(BitConverter.GetBytes(i)))));
        var target = new MemoryTarget(root);

        var (statistics, _) = await TransferAsync(new GetRequest(root, ChunkRangesSequence.All), target);

        Assert.Equal(10_002, statistics.Blobs);
        Assert.Equal(BitConverter.GetBytes(9_999), target.Received[10_001].Sink.Content);
    }

    [Fact]
    public async Task A_download_goes_on_where_it_stopped()
    {
        var file = PatternBlob.Pattern(200_000);
        var root = _source.AddCollection([("done", _source.Add(PatternBlob.Pattern(7))), ("begun", _source.Add(file)), ("new", _source.Add(PatternBlob.Pattern(9)))]);
        var target = new MemoryTarget(root, _source[root].Content);
        var missing = ChunkRangesSequence.Of([ChunkRanges.Empty, ChunkRanges.Empty, ChunkRanges.Empty, ChunkRanges.From(96), ChunkRanges.All], isInfinite: true);

        var (statistics, _) = await TransferAsync(new GetRequest(root, missing), target);

        Assert.Equal([3L, 4L], target.Received.Keys);
        Assert.Equal(200_000 - 96 * 1024 + 9, statistics.Content);
        Assert.True(file.AsSpan(96 * 1024).SequenceEqual(target.Received[3].Sink.Content.AsSpan(96 * 1024)));
    }

    [Fact]
    public async Task What_the_sender_does_not_have_is_said_to_be_missing()
    {
        var hash = new Hash(new byte[32]);

        var fault = await Assert.ThrowsAsync<BlobNotFoundException>(() => TransferAsync(new GetRequest(hash, ChunkRangesSequence.RootOnly), new MemoryTarget(hash)));

        Assert.Equal(hash, fault.Hash);
    }

    [Fact]
    public async Task A_file_that_changed_while_it_was_shared_leaves_what_came_before()
    {
        var blob = new PatternBlob(PatternBlob.Pattern(1_500_000));
        var hash = _source.Add(blob);
        blob.Content[1_400_000]++;
        var target = new MemoryTarget(hash);

        var fault = await Assert.ThrowsAsync<BlobStreamEndedException>(() => TransferAsync(new GetRequest(hash, ChunkRangesSequence.RootOnly), target));

        Assert.Equal(1 << 20, fault.Offset);
        Assert.Equal(1 << 20, target.Received[0].Sink.Received);
        Assert.False(target.Received[0].Sink.HasEnded);
    }

    [Fact]
    public async Task More_than_was_asked_for_is_an_error()
    {
        var hash = _source.Add([1, 2, 3]);
        byte[] answer = [.. SlowBao.Encode([1, 2, 3], (0, null)), 0];
        var (stream, _) = DuplexPipe.Saying(answer);

        await Assert.ThrowsAsync<BlobVerificationException>(() => BlobGetter.GetAsync(stream, new GetRequest(hash, ChunkRangesSequence.RootOnly), new MemoryTarget(hash), default));
    }

    [Fact]
    public async Task A_request_that_no_provider_would_read_is_not_sent()
    {
        var scattered = ChunkRanges.Empty;
        Assert.True(ChunkRanges.TryFromBoundaries([.. Enumerable.Range(0, 600_000).Select(i => (ulong)i * 200)], out scattered));
        var (getter, provider) = DuplexPipe.Pair();

        await Assert.ThrowsAsync<ArgumentException>(() => BlobGetter.GetAsync(getter, new GetRequest(default, ChunkRangesSequence.Single(scattered)), new MemoryTarget(default), default));

        Assert.False(provider.Input.TryRead(out _));
    }

    [Fact]
    public async Task Nothing_asked_for_is_nothing_received()
    {
        var (statistics, _) = await TransferAsync(new GetRequest(default, ChunkRangesSequence.Of([], isInfinite: false)), new MemoryTarget(default));

        Assert.Equal(default, statistics);
    }

    private async Task<(GetStatistics Statistics, ServeResult Result)> TransferAsync(GetRequest request, MemoryTarget target)
    {
        var (getter, provider) = DuplexPipe.Pair(Narrow);
        var serving = Task.Run(async () =>
        {
            var result = await new BlobProvider(_source).ServeAsync(provider, null, default);
            await provider.Output.CompleteAsync();
            return result;
        });
        var statistics = await BlobGetter.GetAsync(getter, request, target, default);
        return (statistics, await serving);
    }
}
