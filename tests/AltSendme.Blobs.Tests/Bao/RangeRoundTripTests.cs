using AltSendme.Blobs.Bao;

namespace AltSendme.Blobs.Tests.Bao;

public sealed class RangeRoundTripTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 8)];

    [Theory, MemberData(nameof(Seeds))]
    public async Task Any_ranges_of_any_blob_are_encoded_as_the_slow_way_encodes_them_and_verified_back(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 6; round++)
        {
            var content = new byte[RandomRanges.Size(random)];
            random.NextBytes(content);
            var blob = new PatternBlob(content);
            var ranges = RandomRanges.Ranges(random, content.Length);
            var wanted = RandomRanges.Union(ranges);

            var answer = await Answers.EncodeAsync(blob, wanted);
            var pieces = random.Next(3) switch { 0 => 0, 1 => random.Next(1, 5000), _ => random.Next(5000, 300_000) };
            var sink = await Answers.VerifyAsync(answer, blob.Hash, wanted, pieces);

            var expected = SlowBao.Encode(content, ranges);
            Assert.True(expected.AsSpan().SequenceEqual(answer), $"Seed {seed}, round {round}: {content.Length} bytes, chunks {wanted}, {expected.Length} bytes expected, {answer.Length} encoded.");
            Assert.Equal(content.Length, sink.StatedSize);
            Assert.Equal(wanted.ByteCount(content.Length), sink.Received);
            Assert.True(sink.HasEnded);
            foreach (var (offset, length) in sink.Leaves)
                Assert.True(sink.Content.AsSpan((int)offset, length).SequenceEqual(content.AsSpan((int)offset, length)));
        }
    }

    [Fact]
    public async Task Whole_blobs_of_one_block_round_trip_whatever_the_shape_of_its_tree()
    {
        foreach (var groups in new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 17, 31, 33, 64 })
        {
            foreach (var size in new[] { groups * 16384 - 16383, groups * 16384 })
            {
                var content = PatternBlob.Pattern(size);
                var blob = new PatternBlob(content);

                var answer = await Answers.EncodeAsync(blob, ChunkRanges.All);
                var sink = await Answers.VerifyAsync(answer, blob.Hash, ChunkRanges.All, pieces: 4096);

                Assert.Equal(8 + size + 64 * (groups - 1), answer.Length);
                Assert.True(content.AsSpan().SequenceEqual(sink.Content));
                Assert.Equal(groups - 1, sink.Parents.Count);
            }
        }
    }

    [Fact]
    public async Task The_sink_gets_parents_from_the_root_down_to_the_groups()
    {
        var content = PatternBlob.Pattern(3 * Outboard.BlockSize + 5);
        var blob = new PatternBlob(content);

        var sink = await Answers.VerifyAsync(await Answers.EncodeAsync(blob, ChunkRanges.All), blob.Hash, ChunkRanges.All);

        Assert.Equal(new TreeNode(0, 12), sink.Parents[0].Node);
        Assert.All(sink.Parents, parent => Assert.True(parent.Node.Level > TreeGeometry.GroupLevel));
        var blocks = sink.Parents.Where(parent => parent.Node.Level == 11).SelectMany(parent => new[] { parent.Left, parent.Right });
        Assert.Equal(PatternBlob.ValuesOf(content), blocks);
    }

    [Fact]
    public async Task Batches_stay_small_however_much_is_there()
    {
        var blob = new PatternBlob(PatternBlob.Pattern(1 << 20));

        var sink = await Answers.VerifyAsync(await Answers.EncodeAsync(blob, ChunkRanges.All), blob.Hash, ChunkRanges.All);

        Assert.InRange(sink.LargestBatch, 16 * 1024, 64 * 1024);
    }
}
