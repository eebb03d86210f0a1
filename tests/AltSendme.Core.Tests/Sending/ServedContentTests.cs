using AltSendme.Abstractions;
using AltSendme.Blobs;
using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Protocol.Requests;
using AltSendme.Blobs.Stores;
using AltSendme.Core.Previews;
using AltSendme.Core.Sending;

namespace AltSendme.Core.Tests.Sending;

public sealed class ServedContentTests
{
    private const int Size = 100 * 1024 + 1;

    private static readonly Hash File = HashOf(1), Root = HashOf(2);

    private readonly ContentIndex _index = new([(File, Size)]);
    private readonly ServedContent _served;

    public ServedContentTests() => _served = new ServedContent(_index);

    [Fact]
    public void An_answer_that_was_cut_short_counts_as_far_as_it_went()
    {
        Serve(ChunkRanges.All, 40 * 1024, isFinished: false);
        Assert.False(_served.IsWhole);

        Serve(ChunkRanges.From(40), Size - (40 * 1024), isFinished: true);

        Assert.True(_served.IsWhole);
    }

    [Fact]
    public void What_was_cut_off_is_missing_until_it_is_served()
    {
        Serve(ChunkRanges.From(0, 10).Union(ChunkRanges.From(50)), 20 * 1024, isFinished: false);
        Serve(ChunkRanges.From(10, 50).Union(ChunkRanges.From(61)), Size, isFinished: true);
        Assert.False(_served.IsWhole);

        Serve(ChunkRanges.From(60, 61), 1024, isFinished: true);

        Assert.True(_served.IsWhole);
    }

    [Fact]
    public void Last_chunks_that_only_prove_sizes_do_not_count()
    {
        Serve(ChunkRanges.From(0, 100), 100 * 1024, isFinished: true);
        Serve(ChunkRanges.LastChunk, 1, isFinished: true);

        Assert.False(_served.IsWhole);
    }

    [Fact]
    public void Crumbs_beyond_the_limit_are_not_remembered_and_whole_files_still_are()
    {
        var crumbs = new ulong[ServedContent.MaxBoundaries + 2];
        for (var i = 0; i < crumbs.Length; i++)
            crumbs[i] = (ulong)i * 2;
        Assert.True(ChunkRanges.TryFromBoundaries(crumbs, out var ranges));

        _served.Add(0, 1L << 40, ranges);
        _served.Add(0, 1L << 40, ChunkRanges.All);

        Assert.True(_served.IsWhole);
    }

    [Fact]
    public void A_receiver_that_comes_back_finds_its_account_and_old_ones_are_forgotten()
    {
        var ledger = new ServedLedger(_index);
        var ids = Enumerable.Range(0, ServedLedger.MaxReceivers + 1).Select(static i => new EndpointId([.. BitConverter.GetBytes(i), .. new byte[28]])).ToArray();
        var first = ledger.Of(ids[0]);
        Assert.Same(first, ledger.Of(ids[0]));

        foreach (var id in ids[1..])
            ledger.Of(id);

        Assert.NotSame(first, ledger.Of(ids[0]));
    }

    private void Serve(ChunkRanges ranges, long bytes, bool isFinished)
    {
        using var share = new Share("name", Root, 1, Size, new SharePreview("name", 1, Size), _index, new InPlaceStore());
        var watch = new AnswerWatch(share, _served, static _ => { });
        watch.OnRequest(RequestKind.Get, Root);
        watch.OnBlobBegun(2, File, Size, ranges);
        watch.OnContentSent(bytes);
        if (isFinished)
            watch.OnBlobFinished(2, File, isWhole: false);
        watch.Conclude();
    }

    private static Hash HashOf(byte value) => new([value, .. new byte[31]]);
}
