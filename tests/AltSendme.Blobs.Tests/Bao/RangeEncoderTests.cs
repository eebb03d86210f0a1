using System.IO.Pipelines;
using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Stores;

namespace AltSendme.Blobs.Tests.Bao;

public sealed class RangeEncoderTests
{
    [Theory]
    [InlineData(4000, 0, "all", 0)]
    [InlineData(500_000, 499_999, "all", 0)]
    [InlineData(500_000, 499_999, "first", 0)]
    [InlineData((1 << 20) + 5, 0, "all", 0)]
    [InlineData(2 << 20, (1 << 20) + 77, "all", 1)]
    [InlineData((2 << 20) + 1, 2 << 20, "all", 2)]
    [InlineData(2 << 20, (1 << 20) + 77, "middle", 0)]
    public async Task A_changed_byte_is_refused_before_any_of_its_block_is_sent(int size, int changed, string what, int blocksBefore)
    {
        var blob = new PatternBlob(PatternBlob.Pattern(size), "/home/ada/plan.txt");
        var ranges = what switch { "all" => ChunkRanges.All, "first" => ChunkRanges.From(0, 1), _ => ChunkRanges.From(1030, 1500) };
        var honest = await Answers.EncodeAsync(blob, ranges);
        blob.Content[changed] ^= 0x20;
        var pipe = new Pipe(Answers.Unlimited);

        var fault = await Assert.ThrowsAsync<BlobUnavailableException>(async () => await new RangeEncoder(pipe.Writer, null).WriteAsync(blob, ranges, default));

        await pipe.Writer.CompleteAsync();
        var sent = await Answers.ReadAllAsync(pipe.Reader);
        Assert.Contains("/home/ada/plan.txt", fault.Message, StringComparison.Ordinal);
        Assert.True(honest.AsSpan().StartsWith(sent));
        Assert.InRange(sent.Length, blocksBefore * Outboard.BlockSize, blocksBefore * (Outboard.BlockSize + 63 * 64) + 8 + 4 * 64);
    }

    [Fact]
    public async Task A_block_is_read_in_one_call()
    {
        var blob = new PatternBlob(PatternBlob.Pattern((2 << 20) + 5));

        await Answers.EncodeAsync(blob, ChunkRanges.All);

        Assert.Equal(3, blob.Reads);
    }

    [Fact]
    public async Task Only_blocks_that_are_asked_for_are_read()
    {
        var blob = new PatternBlob(PatternBlob.Pattern(2 << 20));

        await Answers.EncodeAsync(blob, ChunkRanges.LastChunk);

        Assert.Equal(1, blob.Reads);
    }

    [Fact]
    public async Task Many_small_blobs_share_a_flush()
    {
        var counting = new CountingWriter();
        var encoder = new RangeEncoder(counting, null);
        var blob = new PatternBlob(PatternBlob.Pattern(4000));

        for (var i = 0; i < 300; i++)
            Assert.True(await encoder.WriteAsync(blob, ChunkRanges.All, default));

        Assert.Equal(300 * 4008, counting.Written);
        Assert.InRange(counting.Flushes, 1, 300 * 4008 / (256 * 1024));
    }

    [Fact]
    public async Task A_reader_that_has_gone_ends_the_answer()
    {
        var pipe = new Pipe(Answers.Unlimited);
        await pipe.Reader.CompleteAsync();

        Assert.False(await new RangeEncoder(pipe.Writer, null).WriteAsync(new PatternBlob(PatternBlob.Pattern(2 << 20)), ChunkRanges.All, default));
    }

    [Fact]
    public async Task Progress_adds_up_to_what_was_asked_for()
    {
        var blob = new PatternBlob(PatternBlob.Pattern((2 << 20) + 777));
        foreach (var ranges in new[] { ChunkRanges.All, ChunkRanges.From(1000, 1030), ChunkRanges.From(5).Subtract(ChunkRanges.From(9, 100)), ChunkRanges.LastChunk })
        {
            var sent = 0L;
            var encoder = new RangeEncoder(new Pipe(Answers.Unlimited).Writer, bytes => sent += bytes);

            Assert.True(await encoder.WriteAsync(blob, ranges, default));

            Assert.Equal(ranges.ByteCount(blob.Size), sent);
        }
    }

    private sealed class CountingWriter : PipeWriter
    {
        private readonly byte[] _buffer = new byte[2 << 20];

        public long Written { get; private set; }

        public int Flushes { get; private set; }

        public override void Advance(int bytes) => Written += bytes;

        public override void CancelPendingFlush()
        {
        }

        public override void Complete(Exception? exception = null)
        {
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            Flushes++;
            return ValueTask.FromResult(default(FlushResult));
        }

        public override Memory<byte> GetMemory(int sizeHint = 0) => _buffer;

        public override Span<byte> GetSpan(int sizeHint = 0) => _buffer;
    }
}
