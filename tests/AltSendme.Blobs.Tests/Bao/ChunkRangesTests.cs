using AltSendme.Blobs.Bao;

namespace AltSendme.Blobs.Tests.Bao;

public sealed class ChunkRangesTests
{
    private const int Universe = 70;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 20)];

    [Theory, MemberData(nameof(Seeds))]
    public void Sets_combine_as_sets_of_numbers_do(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 50; round++)
        {
            ChunkRanges left = Some(random), right = Some(random);
            var (union, both, rest) = (left.Union(right), left.Intersect(right), left.Subtract(right));
            for (var chunk = 0UL; chunk < Universe; chunk++)
            {
                var (inLeft, inRight) = (left.Contains(chunk), right.Contains(chunk));
                Assert.Equal(inLeft || inRight, union.Contains(chunk));
                Assert.Equal(inLeft && inRight, both.Contains(chunk));
                Assert.Equal(inLeft && !inRight, rest.Contains(chunk));
            }

            Assert.Equal(left, rest.Union(both));
            Assert.Equal(left.GetHashCode(), rest.Union(both).GetHashCode());
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Questions_about_runs_agree_with_the_chunks_in_them(int seed)
    {
        var random = new Random(seed);
        var ranges = Some(random);
        for (var start = 0UL; start < Universe; start++)
        {
            for (var end = start + 1; end < Universe; end++)
            {
                var run = Enumerable.Range((int)start, (int)(end - start)).Select(chunk => ranges.Contains((ulong)chunk)).ToArray();
                Assert.Equal(ranges.Intersect(ChunkRanges.From(start, end)), ranges.Within(start, end));
                Assert.Equal(run.Contains(true), ranges.Intersects(start, end));
                Assert.Equal(!run.Contains(false), ranges.ContainsAll(start, end));
            }
        }
    }

    [Fact]
    public void Ranges_are_walked_in_order_and_do_not_touch()
    {
        var ranges = ChunkRanges.From(9, 13).Union(ChunkRanges.From(1, 3)).Union(ChunkRanges.From(3, 5)).Union(ChunkRanges.From(20));

        var walked = new List<ChunkRange>();
        foreach (var range in ranges)
            walked.Add(range);

        Assert.Equal([new ChunkRange(1, 5), new ChunkRange(9, 13), new ChunkRange(20, null)], walked);
        Assert.Equal(3, ranges.Count);
        Assert.Equal("1..5, 9..13, 20..", ranges.ToString());
    }

    [Theory]
    [InlineData("0..6", 7, "0..6")]
    [InlineData("0..7", 7, "0..7")]
    [InlineData("0..", 7, "0..7")]
    [InlineData("0..10, 11..12", 7, "0..7")]
    [InlineData("3..6, 7..10", 7, "3..7")]
    [InlineData("0..5, 7..10", 7, "0..5, 6..7")]
    [InlineData("5..6, 6..7", 7, "5..7")]
    [InlineData("100..", 7, "6..7")]
    [InlineData("100..101", 1, "0..1")]
    [InlineData("18446744073709551615..", 7, "6..7")]
    [InlineData("none", 7, "none")]
    public void What_lies_beyond_the_end_stands_for_the_last_chunk(string asked, int chunks, string meant)
    {
        var ranges = Parse(asked);

        Assert.Equal(meant, ranges.ForSize(chunks * 1024L).ToString());
        Assert.Equal(meant, ranges.ForSize(chunks * 1024L - 1023).ToString());
    }

    [Theory]
    [InlineData("0..", 0, 0)]
    [InlineData("0..", 1, 1)]
    [InlineData("0..1", 5000, 1024)]
    [InlineData("4..5", 5000, 5000 - 4096)]
    [InlineData("1..2, 18446744073709551615..", 5000, 1024 + 5000 - 4096)]
    [InlineData("0..", TreeGeometry.MaxSize, TreeGeometry.MaxSize)]
    public void Bytes_are_counted_up_to_the_end_of_the_blob(string asked, long size, long bytes) => Assert.Equal(bytes, Parse(asked).ByteCount(size));

    [Theory]
    [InlineData(0, 1, "0..1")]
    [InlineData(0, 1024, "0..1")]
    [InlineData(1023, 2, "0..2")]
    [InlineData(2048, 1, "2..3")]
    [InlineData(7, 0, "none")]
    public void Byte_ranges_are_widened_to_chunks(long offset, long count, string chunks) => Assert.Equal(chunks, ChunkRanges.FromBytes(offset, count).ToString());

    [Fact]
    public void Boundaries_that_do_not_ascend_are_refused()
    {
        Assert.False(ChunkRanges.TryFromBoundaries([5, 5], out _));
        Assert.False(ChunkRanges.TryFromBoundaries([5, 4], out _));
        Assert.True(ChunkRanges.TryFromBoundaries([0], out var all));
        Assert.Same(ChunkRanges.All, all);
        Assert.True(all.IsAll);
    }

    [Fact]
    public void The_very_last_number_is_a_chunk_like_any_other()
    {
        Assert.True(ChunkRanges.LastChunk.Contains(ulong.MaxValue));
        Assert.False(ChunkRanges.LastChunk.Contains(ulong.MaxValue - 1));
        Assert.Equal(ChunkRanges.LastChunk, ChunkRanges.All.Subtract(ChunkRanges.From(0, ulong.MaxValue)));
    }

    private static ChunkRanges Some(Random random)
    {
        var ranges = ChunkRanges.Empty;
        for (var i = random.Next(5); i > 0; i--)
        {
            var start = (ulong)random.Next(Universe);
            ranges = ranges.Union(ChunkRanges.From(start, random.Next(6) == 0 ? null : start + (ulong)random.Next(20)));
        }

        return ranges;
    }

    private static ChunkRanges Parse(string text) => text == "none" ? ChunkRanges.Empty : RandomRanges.Union([.. text.Split(", ").Select(part =>
    {
        var ends = part.Split("..");
        return (ulong.Parse(ends[0], null), ends[1].Length == 0 ? (ulong?)null : ulong.Parse(ends[1], null));
    })]);
}
