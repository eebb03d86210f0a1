using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Protocol;
using AltSendme.Blobs.Protocol.Requests;
using AltSendme.Blobs.Stores;
using AltSendme.Blobs.Tests.Bao;

namespace AltSendme.Blobs.Tests.Protocol;

public sealed class BlobProviderTests
{
    private readonly PatternSource _source = new();

    [Fact]
    public async Task A_receivers_progress_can_be_followed_blob_by_blob()
    {
        Hash first = _source.Add(PatternBlob.Pattern(1_200_000)), second = _source.Add(PatternBlob.Pattern(10));
        var root = _source.AddCollection([("a", first), ("b", second)]);
        var observer = new RecordingObserver();

        var (result, _) = await ServeAsync(new GetRequest(root, ChunkRangesSequence.Of([ChunkRanges.All, ChunkRanges.Empty, ChunkRanges.All, ChunkRanges.From(0, 1)], isInfinite: true)).Encode(), observer);

        Assert.Equal(new ServeResult(ServeOutcome.Completed, RequestKind.Get), result);
        Assert.Equal(
            [
                $"Get {root}",
                $"begin 0 {root} 96", "sent 96", $"end 0 {root} whole",
                $"begin 2 {first} 1200000", $"sent {1 << 20}", $"sent {1_200_000 - (1 << 20)}", $"end 2 {first} whole",
                $"begin 3 {second} 10", "sent 10", $"end 3 {second} whole",
            ],
            observer.Events);
    }

    [Fact]
    public async Task Part_of_a_blob_is_not_the_whole()
    {
        var hash = _source.Add(PatternBlob.Pattern(5000));
        var observer = new RecordingObserver();

        await ServeAsync(new GetRequest(hash, ChunkRangesSequence.Single(ChunkRanges.From(0, 4))).Encode(), observer);

        Assert.Equal([$"Get {hash}", $"begin 0 {hash} 5000", "sent 4096", $"end 0 {hash} part"], observer.Events);
    }

    [Fact]
    public async Task A_file_that_has_changed_fails_its_own_stream_and_is_named()
    {
        var blob = new PatternBlob(PatternBlob.Pattern(50_000), "/home/ada/budget.ods");
        Hash changed = _source.Add(blob), good = _source.Add(PatternBlob.Pattern(100));
        blob.Content[40_000]++;

        var (result, answer) = await ServeAsync(new GetRequest(changed, ChunkRangesSequence.RootOnly).Encode());
        var (other, otherAnswer) = await ServeAsync(new GetRequest(good, ChunkRangesSequence.RootOnly).Encode());

        Assert.Equal((ServeOutcome.Unavailable, RequestKind.Get, BlobProtocol.InternalError), (result.Outcome, result.Kind, result.StreamError));
        Assert.Contains("/home/ada/budget.ods", Assert.IsType<BlobUnavailableException>(result.Fault).Message, StringComparison.Ordinal);
        Assert.InRange(answer.Length, 0, 8);
        Assert.Equal((ServeOutcome.Completed, 108), (other.Outcome, otherAnswer.Length));
    }

    [Fact]
    public async Task What_is_not_there_gets_an_empty_answer_in_good_order()
    {
        var (result, answer) = await ServeAsync(new GetRequest(new Hash(new byte[32]), ChunkRangesSequence.All).Encode());

        Assert.Equal(new ServeResult(ServeOutcome.NotFound, RequestKind.Get), result);
        Assert.Empty(answer);
    }

    [Fact]
    public async Task Several_unrelated_blobs_are_answered_in_the_order_asked()
    {
        Hash first = _source.Add(PatternBlob.Pattern(3000)), second = _source.Add(PatternBlob.Pattern(20)), third = _source.Add(PatternBlob.Pattern(30));
        var request = new GetManyRequest([third, first, second], ChunkRangesSequence.Of([ChunkRanges.All, ChunkRanges.Empty, ChunkRanges.All], isInfinite: true));

        var (result, answer) = await ServeAsync(request.Encode());

        Assert.Equal(ServeOutcome.Completed, result.Outcome);
        Assert.Equal([.. SlowBao.Encode(PatternBlob.Pattern(30), (0, null)), .. SlowBao.Encode(PatternBlob.Pattern(20), (0, null))], answer);
    }

    [Fact]
    public async Task Of_a_blob_that_is_shared_everything_is_there()
    {
        var hash = _source.Add(PatternBlob.Pattern(1000));

        var (result, answer) = await ServeAsync(new ObserveRequest(hash, ChunkRanges.All).Encode());
        var (_, nothing) = await ServeAsync(new ObserveRequest(default, ChunkRanges.All).Encode());

        Assert.Equal(new ServeResult(ServeOutcome.Completed, RequestKind.Observe), result);
        Assert.Equal("04e8070100", Convert.ToHexStringLower(answer));
        Assert.Equal("020000", Convert.ToHexStringLower(nothing));
    }

    [Fact]
    public async Task A_push_is_refused_at_once_without_waiting_for_its_content()
    {
        var (getter, provider) = DuplexPipe.Pair();
        await getter.Output.WriteAsync(new PushRequest(default, ChunkRangesSequence.All).Encode());

        var result = await new BlobProvider(_source).ServeAsync(provider, null, default);

        Assert.Equal(new ServeResult(ServeOutcome.Refused, RequestKind.Push, BlobProtocol.PermissionError), result);
    }

    [Fact]
    public async Task A_request_beyond_the_limit_is_refused_before_it_ends()
    {
        var (getter, provider) = DuplexPipe.Pair();
        await getter.Output.WriteAsync(new byte[BlobProtocol.MaxRequestSize + 1]);

        var result = await new BlobProvider(_source).ServeAsync(provider, null, default);

        Assert.Equal(new ServeResult(ServeOutcome.Refused, null, BlobProtocol.LimitError), result);
    }

    [Fact]
    public async Task A_receiver_that_stops_reading_is_noticed()
    {
        var hash = _source.Add(PatternBlob.Pattern(1_500_000));
        var (getter, provider) = DuplexPipe.Pair();
        await getter.Output.WriteAsync(new GetRequest(hash, ChunkRangesSequence.RootOnly).Encode());
        await getter.Output.CompleteAsync();
        await getter.Input.CompleteAsync();

        var result = await new BlobProvider(_source).ServeAsync(provider, null, default);

        Assert.Equal(new ServeResult(ServeOutcome.Abandoned, RequestKind.Get), result);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Random_requests_are_answered_or_not_understood_but_never_throw(int seed)
    {
        var random = new Random(seed);
        var root = _source.AddCollection([("a", _source.Add(PatternBlob.Pattern(40_000))), ("b", _source.Add(PatternBlob.Pattern(3)))]);
        for (var round = 0; round < 300; round++)
        {
            var bytes = new byte[random.Next(33, 60)];
            root.CopyTo(bytes.AsSpan(1));
            for (var i = 33; i < bytes.Length; i++)
                bytes[i] = (byte)random.Next(4);

            var (result, answer) = await ServeAsync(bytes);

            Assert.True(result.Outcome is ServeOutcome.Completed or ServeOutcome.NotUnderstood or ServeOutcome.NotFound, $"Seed {seed}: {Convert.ToHexString(bytes)}: {result}");
            Assert.True(result.Outcome == ServeOutcome.Completed || answer.Length == 0);
        }
    }

    private async Task<(ServeResult Result, byte[] Answer)> ServeAsync(byte[] request, IServeObserver? observer = null)
    {
        var (stream, sent) = DuplexPipe.Saying(request);
        var result = await new BlobProvider(_source).ServeAsync(stream, observer, default);
        if (result.StreamError is not null)
            await stream.Output.CompleteAsync();
        return (result, await Answers.ReadAllAsync(sent));
    }

    private sealed class RecordingObserver : IServeObserver
    {
        public List<string> Events { get; } = [];

        public void OnRequest(RequestKind kind, Hash hash) => Events.Add($"{kind} {hash}");

        public void OnBlobBegun(ulong index, Hash hash, long size, ChunkRanges ranges) => Events.Add($"begin {index} {hash} {size}");

        public void OnContentSent(long bytes) => Events.Add($"sent {bytes}");

        public void OnBlobFinished(ulong index, Hash hash, bool isWhole) => Events.Add($"end {index} {hash} {(isWhole ? "whole" : "part")}");
    }
}
