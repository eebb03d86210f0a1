using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Protocol.Requests;
using AltSendme.Blobs.Tests.Bao;

namespace AltSendme.Blobs.Tests.Protocol;

public sealed class RequestTests
{
    private static readonly Hash Hash = new(PatternBlob.Pattern(32, 7));

    private static readonly string Hex = Hash.ToString();

    [Fact]
    public void The_usual_requests_have_their_known_bytes()
    {
        Assert.Equal($"00{Hex}020001000100", Encoded(ChunkRangesSequence.RootOnly));
        Assert.Equal($"00{Hex}01000100", Encoded(ChunkRangesSequence.All));
        Assert.Equal($"00{Hex}020001ffffffffffffffffff010100", Encoded(ChunkRangesSequence.Single(ChunkRanges.LastChunk)));
        Assert.Equal($"00{Hex}02030164010100", Encoded(ChunkRangesSequence.Of([ChunkRanges.Empty, ChunkRanges.Empty, ChunkRanges.Empty, ChunkRanges.From(100), ChunkRanges.All], isInfinite: true)));
        Assert.Equal($"00{Hex}020004010206040100", Encoded(ChunkRangesSequence.Single(ChunkRanges.From(1, 3).Union(ChunkRanges.From(9, 13)))));
        Assert.Equal($"00{Hex}00", Encoded(ChunkRangesSequence.Of([], isInfinite: false)));
    }

    [Fact]
    public void Other_kinds_have_the_bytes_that_iroh_1_reads()
    {
        Assert.Equal($"01{Hex}0100", Convert.ToHexStringLower(new ObserveRequest(Hash, ChunkRanges.All).Encode()));
        Assert.Equal($"0824{Hex}01000100", Convert.ToHexStringLower(new PushRequest(Hash, ChunkRangesSequence.All).Encode()));
        Assert.Equal($"0902{Hex}{Hex}020001000200", Convert.ToHexStringLower(new GetManyRequest([Hash, Hash], ChunkRangesSequence.Of([ChunkRanges.All, ChunkRanges.All], isInfinite: false)).Encode()));
        Assert.Equal("04e8070100", Convert.ToHexStringLower(new ObserveItem(1000, ChunkRanges.All).Encode()));
    }

    [Fact]
    public void Every_kind_reads_what_it_wrote_and_nothing_else()
    {
        var ranges = ChunkRangesSequence.Of([ChunkRanges.All, ChunkRanges.Empty, ChunkRanges.From(5, 9)], isInfinite: true);
        byte[] get = new GetRequest(Hash, ranges).Encode(), push = new PushRequest(Hash, ranges).Encode();
        byte[] many = new GetManyRequest([Hash, default], ranges).Encode(), observe = new ObserveRequest(Hash, ChunkRanges.From(3, 4)).Encode();

        Assert.True(GetRequest.TryDecode(get, out var readGet) && readGet == new GetRequest(Hash, ranges));
        Assert.True(PushRequest.TryDecode(push, out var readPush) && readPush == new PushRequest(Hash, ranges));
        Assert.True(ObserveRequest.TryDecode(observe, out var readObserve) && readObserve == new ObserveRequest(Hash, ChunkRanges.From(3, 4)));
        Assert.True(GetManyRequest.TryDecode(many, out var readMany) && readMany.Ranges.Equals(ranges) && readMany.Hashes.SequenceEqual([Hash, default]));
        Assert.False(GetRequest.TryDecode(push, out _) || GetRequest.TryDecode(many, out _) || GetManyRequest.TryDecode(get, out _) || ObserveRequest.TryDecode(get, out _));
        foreach (var request in new[] { get, push, many, observe })
        {
            for (var length = 0; length < request.Length; length++)
                Assert.False(Decodes(request[..length]), $"Cut to {length} of {request.Length} bytes.");
        }
    }

    [Fact]
    public void Blobs_that_are_wanted_are_walked_without_stepping_through_those_that_are_not()
    {
        Assert.True(GetRequest.TryDecode(Convert.FromHexString($"00{Hex}03" + "0000" + "ffffffffffffffff7f" + "0100" + "0200"), out var request));

        var walked = new List<WantedBlob>();
        foreach (var wanted in request.Ranges)
            walked.Add(wanted);

        Assert.Equal([new((ulong)long.MaxValue, ChunkRanges.All), new((ulong)long.MaxValue + 1, ChunkRanges.All)], walked);
        Assert.False(request.Ranges.IsInfinite);
        Assert.True(request.Ranges.HasChildren);
    }

    [Fact]
    public void Ranges_of_a_few_blobs_are_the_same_request_as_a_list_with_nothing_in_between()
    {
        ChunkRanges some = ChunkRanges.From(2, 5), last = ChunkRanges.LastChunk, none = ChunkRanges.Empty;

        Assert.Equal(ChunkRangesSequence.Of([none, some, some, none, none, last], isInfinite: false), ChunkRangesSequence.OfBlobs([new(1, some), new(2, some), new(5, last)]));
        Assert.Equal(ChunkRangesSequence.Single(some), ChunkRangesSequence.OfBlobs([new(0, some)]));
        Assert.Equal(ChunkRangesSequence.Of([], isInfinite: false), ChunkRangesSequence.OfBlobs([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ChunkRangesSequence.OfBlobs([new(2, some), new(2, some)]));
    }

    [Fact]
    public void The_last_ranges_repeat_for_ever_unless_they_are_empty()
    {
        var open = ChunkRangesSequence.Of([ChunkRanges.Empty, ChunkRanges.From(1, 2)], isInfinite: true);
        var closed = ChunkRangesSequence.Of([ChunkRanges.Empty, ChunkRanges.From(1, 2)], isInfinite: false);

        Assert.True(open.IsInfinite);
        Assert.False(closed.IsInfinite);
        Assert.Equal(ChunkRanges.Empty, open[0]);
        Assert.Equal(ChunkRanges.From(1, 2), open[1_000_000]);
        Assert.Equal(ChunkRanges.From(1, 2), closed[1]);
        Assert.Equal(ChunkRanges.Empty, closed[2]);
        Assert.False(ChunkRangesSequence.RootOnly.HasChildren);
        Assert.True(open.HasChildren);
    }

    [Theory]
    [InlineData("0200 02 00ffffffffffffffffff01 0100", "the width goes beyond the last number")]
    [InlineData("02 00 03 01ffffffffffffffffff01 01 0100", "the position overflows")]
    [InlineData("02 01 0100 ffffffffffffffffff01 0100", "the index overflows")]
    [InlineData("ffffffff0f", "the number of runs is more than there are bytes")]
    [InlineData("01 00 ffffffff0f 00", "the number of widths is more than there are bytes")]
    public void Numbers_that_overflow_are_refused_or_read_but_never_wrap(string ranges, string why)
    {
        var decoded = GetRequest.TryDecode(Convert.FromHexString($"00{Hex}{ranges.Replace(" ", "", StringComparison.Ordinal)}"), out var request);

        Assert.True(!decoded || request!.Ranges[0].Equals(ChunkRanges.From(0, ulong.MaxValue)), why);
    }

    [Fact]
    public void Selections_that_touch_become_one()
    {
        Assert.True(GetRequest.TryDecode(Convert.FromHexString($"00{Hex}0200060001000100050100"), out var request));

        Assert.Equal(ChunkRanges.From(0, 2).Union(ChunkRanges.From(2, 7)), request.Ranges[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Foreign_bytes_never_throw_and_what_is_read_is_written_back_as_the_same_request(int seed)
    {
        var random = new Random(seed);
        var read = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[random.Next(60)];
            random.NextBytes(bytes);
            for (var i = Math.Min(33, bytes.Length); i < bytes.Length; i++)
                bytes[i] = (byte)(random.Next(4) == 0 ? bytes[i] : random.Next(5));
            if (bytes.Length > 0)
                bytes[0] = (byte)new[] { 0, 0, 0, 1, 8, 9 }[random.Next(6)];

            if (GetRequest.TryDecode(bytes, out var get))
            {
                read++;
                Assert.True(GetRequest.TryDecode(get.Encode(), out var again) && again == get, $"Seed {seed}: {Convert.ToHexString(bytes)}");
            }

            Decodes(bytes);
        }

        Assert.True(read > 100);
    }

    private static bool Decodes(byte[] bytes) =>
        GetRequest.TryDecode(bytes, out _) || GetManyRequest.TryDecode(bytes, out _) || ObserveRequest.TryDecode(bytes, out _) || PushRequest.TryDecode(bytes, out _);

    private static string Encoded(ChunkRangesSequence ranges)
    {
        var bytes = new GetRequest(Hash, ranges).Encode();
        Assert.True(GetRequest.TryDecode(bytes, out var request));
        Assert.Equal(ranges, request.Ranges);
        return Convert.ToHexStringLower(bytes);
    }
}
