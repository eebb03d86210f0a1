using System.Buffers.Binary;
using System.IO.Pipelines;
using AltSendme.Blobs.Bao;

namespace AltSendme.Blobs.Tests.Bao;

public sealed class RangeVerifierTests
{
    private static readonly ChunkRanges Middle = ChunkRanges.From(3, 5).Union(ChunkRanges.From(17, 18)).Union(ChunkRanges.LastChunk);

    public static TheoryData<int, bool> SmallAnswers => new() { { 1, true }, { 200, true }, { 1025, false }, { 16385, true }, { 33000, true }, { 40000, false } };

    [Theory, MemberData(nameof(SmallAnswers))]
    public async Task Not_one_bit_can_be_changed_on_the_way(int size, bool whole)
    {
        var (blob, ranges, answer) = await SampleAsync(size, whole);

        // Each bit of small answers, and of the size and the first parent of large ones, whose rest is sampled.
        for (var bit = 0; bit < answer.Length * 8; bit += answer.Length < 250 || bit < 72 * 8 ? 1 : 8 * answer.Length / 200 + 1)
        {
            answer[bit / 8] ^= (byte)(1 << (bit % 8));
            var sink = new CollectingSink();

            var fault = await Record.ExceptionAsync(() => Answers.VerifyAsync(answer, blob.Hash, ranges, sink: sink));

            answer[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(fault is BlobTransferException, $"Bit {bit} of {answer.Length} bytes was changed: {fault?.ToString() ?? "accepted"}.");
            Assert.False(sink.HasEnded);
            AssertTrue(blob, sink);
        }
    }

    [Theory, MemberData(nameof(SmallAnswers))]
    public async Task An_answer_cut_short_anywhere_keeps_what_was_verified_and_says_where_it_ended(int size, bool whole)
    {
        var (blob, ranges, answer) = await SampleAsync(size, whole);
        for (var length = 0; length < answer.Length; length += length < 80 ? 1 : 1 + answer.Length / 100)
        {
            var sink = new CollectingSink();

            var fault = await Record.ExceptionAsync(() => Answers.VerifyAsync(answer[..length], blob.Hash, ranges, pieces: 1000, sink));

            if (length == 0)
                Assert.IsType<BlobNotFoundException>(fault);
            else if (length < 8)
                Assert.IsType<BlobStreamEndedException>(fault);
            else
                Assert.True(sink.Received <= Assert.IsType<BlobStreamEndedException>(fault).Offset || !whole);
            AssertTrue(blob, sink);
        }
    }

    [Fact]
    public async Task Everything_before_the_first_wrong_byte_is_delivered()
    {
        var blob = new PatternBlob(PatternBlob.Pattern(100 * 1024));
        var answer = await Answers.EncodeAsync(blob, ChunkRanges.All);
        answer[^1] ^= 1;
        var sink = new CollectingSink();

        var fault = await Assert.ThrowsAsync<BlobVerificationException>(() => Answers.VerifyAsync(answer, blob.Hash, ChunkRanges.All, sink: sink));

        Assert.Equal(96 * 1024, fault.Offset);
        Assert.Equal(96 * 1024, sink.Received);
        Assert.Equal(blob.Hash, fault.Hash);
        Assert.Contains("98304", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_of_two_groups_can_be_wrong_by_itself()
    {
        var blob = new PatternBlob(PatternBlob.Pattern(32 * 1024));
        var answer = await Answers.EncodeAsync(blob, ChunkRanges.All);
        answer[8 + 64 + 20_000] ^= 1;
        var sink = new CollectingSink();

        var fault = await Assert.ThrowsAsync<BlobVerificationException>(() => Answers.VerifyAsync(answer, blob.Hash, ChunkRanges.All, sink: sink));

        Assert.Equal(16 * 1024, fault.Offset);
        Assert.Equal([(0, 16 * 1024)], sink.Leaves);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(1026)]
    [InlineData(2049)]
    [InlineData(16 * 1024)]
    [InlineData(1L << 40)]
    [InlineData(TreeGeometry.MaxSize)]
    [InlineData(TreeGeometry.MaxSize + 1)]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    public async Task A_false_size_is_found_out(long claim)
    {
        var blob = new PatternBlob(PatternBlob.Pattern(1025));
        foreach (var ranges in new[] { ChunkRanges.All, ChunkRanges.LastChunk, ChunkRanges.From(1) })
        {
            var answer = await Answers.EncodeAsync(blob, ranges);
            BinaryPrimitives.WriteInt64LittleEndian(answer, claim);

            var fault = await Record.ExceptionAsync(() => Answers.VerifyAsync(answer, blob.Hash, ranges));

            Assert.IsAssignableFrom<BlobTransferException>(fault);
        }
    }

    [Fact]
    public async Task An_endless_answer_is_given_up_at_its_first_wrong_node()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 64 * 1024, resumeWriterThreshold: 32 * 1024, useSynchronizationContext: false));
        var size = BitConverter.GetBytes(TreeGeometry.MaxSize);
        await pipe.Writer.WriteAsync(size);
        var flood = Task.Run(async () =>
        {
            var junk = new byte[16 * 1024];
            while (!(await pipe.Writer.WriteAsync(junk)).IsCompleted)
                continue;
        });
        using var verifier = new RangeVerifier(pipe.Reader);

        var fault = await Assert.ThrowsAsync<BlobVerificationException>(async () =>
            await verifier.ReadAsync(new PatternBlob([1]).Hash, ChunkRanges.All, new CollectingSink(), default));

        Assert.Equal(0, fault.Offset);
        await pipe.Reader.CompleteAsync();
        await flood;
    }

    [Fact]
    public async Task A_pipe_smaller_than_a_group_is_enough()
    {
        var blob = new PatternBlob(PatternBlob.Pattern(300_000));
        var answer = await Answers.EncodeAsync(blob, ChunkRanges.All);
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 4096, resumeWriterThreshold: 1024, useSynchronizationContext: false));
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < answer.Length; i += 1500)
                await pipe.Writer.WriteAsync(answer.AsMemory(i, Math.Min(1500, answer.Length - i)));
            await pipe.Writer.CompleteAsync();
        });
        using var verifier = new RangeVerifier(pipe.Reader);
        var sink = new CollectingSink();

        await verifier.ReadAsync(blob.Hash, ChunkRanges.All, sink, default);

        Assert.True(blob.Content.AsSpan().SequenceEqual(sink.Content));
        await sending;
    }

    [Fact]
    public async Task Waiting_for_a_silent_sender_can_be_cancelled()
    {
        var pipe = new Pipe();
        using var cancel = new CancellationTokenSource();
        using var verifier = new RangeVerifier(pipe.Reader);
        var reading = verifier.ReadAsync(default, ChunkRanges.All, new CollectingSink(), cancel.Token).AsTask();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Random_changes_never_get_through_and_never_do_worse_than_a_typed_error(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 60; round++)
        {
            var blob = new PatternBlob(PatternBlob.Pattern(random.Next(80_000)));
            var ranges = RandomRanges.Union(RandomRanges.Ranges(random, (int)blob.Size));
            var answer = await Answers.EncodeAsync(blob, ranges);
            var changed = Mutate(random, answer);
            var sink = new CollectingSink();

            var fault = await Record.ExceptionAsync(() => Answers.VerifyAsync(changed, blob.Hash, ranges, random.Next(20_000), sink));

            var isPrefix = changed.AsSpan().StartsWith(answer);
            Assert.True(isPrefix ? fault is null : fault is BlobTransferException, $"Seed {seed}, round {round}: {fault?.ToString() ?? "accepted"}.");
            AssertTrue(blob, sink);
        }
    }

    private static byte[] Mutate(Random random, byte[] answer)
    {
        var changed = answer.ToArray();
        switch (random.Next(5))
        {
            case 0:
                return changed[..random.Next(changed.Length)];
            case 1:
                return [.. changed, (byte)random.Next(256)];
            case 2:
                return [.. changed[..8], .. changed[Math.Min(changed.Length, 72)..], .. new byte[random.Next(1, 100)]];
            case 3:
                random.NextBytes(changed.AsSpan(0, 8));
                return changed;
            default:
                changed[random.Next(changed.Length)] ^= (byte)random.Next(1, 256);
                return changed;
        }
    }

    private static async Task<(PatternBlob Blob, ChunkRanges Ranges, byte[] Answer)> SampleAsync(int size, bool whole)
    {
        var blob = new PatternBlob(PatternBlob.Pattern(size));
        var ranges = whole ? ChunkRanges.All : Middle;
        return (blob, ranges, await Answers.EncodeAsync(blob, ranges));
    }

    private static void AssertTrue(PatternBlob blob, CollectingSink sink)
    {
        foreach (var (offset, length) in sink.Leaves)
            Assert.True(blob.Content.AsSpan((int)offset, length).SequenceEqual(sink.Content.AsSpan((int)offset, length)));
    }
}
