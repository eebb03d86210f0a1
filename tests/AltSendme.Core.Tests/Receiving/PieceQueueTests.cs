using AltSendme.Blobs;
using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Stores.Partial;
using AltSendme.Core.Receiving;
using AltSendme.TestKit;

namespace AltSendme.Core.Tests.Receiving;

public sealed class PieceQueueTests : IDisposable
{
    private const int MiB = 1 << 20;

    private readonly TemporaryFolder _folder = new();
    private readonly PartialStore _store;
    private readonly object _first = new(), _second = new();

    public PieceQueueTests() => _store = PartialStore.Open(_folder.Path, default);

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Pieces_cover_everything_once_and_are_whole_subtrees()
    {
        var files = await FilesAsync((5 * MiB) + 7, 100, 200);
        using var queue = new PieceQueue(files, senders: 2);
        var ranges = new Dictionary<ulong, ChunkRanges>();

        while (queue.Completed.IsCompleted is false && await queue.TakeAsync(_first, default) is var (piece, isAgain))
        {
            Assert.False(isAgain);
            foreach (var wanted in piece.Wanted(isAgain: false))
            {
                var known = ranges.GetValueOrDefault(wanted.Index, ChunkRanges.Empty);
                Assert.True(known.Intersect(wanted.Ranges).IsEmpty);
                Assert.Equal(0UL, wanted.Ranges.Boundaries[0] % 256);
                ranges[wanted.Index] = known.Union(wanted.Ranges);
            }

            queue.Finish(piece);
            queue.Return(piece, _first);
        }

        Assert.All(files, file => Assert.True(ranges[(ulong)file.File.Index].ContainsAll(0, TreeGeometry.ChunkCountOf(file.File.Size))));
    }

    [Fact]
    public async Task A_piece_that_a_sender_gave_up_goes_to_another_one()
    {
        using var queue = new PieceQueue(await FilesAsync(100), senders: 2);
        var (piece, _) = (await queue.TakeAsync(_first, default))!.Value;
        queue.Return(piece, _first);

        var (again, isAgain) = (await queue.TakeAsync(_second, default))!.Value;

        Assert.Same(piece, again);
        Assert.True(isAgain);
    }

    [Fact]
    public async Task A_slow_senders_last_piece_is_given_out_once_more_and_ends_for_it_when_the_other_is_done()
    {
        using var queue = new PieceQueue(await FilesAsync(100), senders: 2);
        var (piece, _) = (await queue.TakeAsync(_first, default))!.Value;
        var waiting = queue.TakeAsync(_first, default);
        Assert.False(waiting.IsCompleted);

        var (same, _) = (await queue.TakeAsync(_second, default))!.Value;
        queue.Finish(same);

        Assert.Same(piece, same);
        Assert.True(piece.Done.IsCancellationRequested);
        Assert.Null(await waiting);
        await queue.Completed;
    }

    [Fact]
    public async Task Where_nothing_is_missing_there_is_nothing_to_do()
    {
        using var queue = new PieceQueue(await FilesAsync(), senders: 2);

        Assert.True(queue.Completed.IsCompleted);
        Assert.Null(await queue.TakeAsync(_first, default));
    }

    private async Task<IReadOnlyList<(ContentFile File, PartialFile Store)>> FilesAsync(params int[] sizes)
    {
        var files = new List<(ContentFile, PartialFile)>();
        foreach (var size in sizes)
        {
            var hash = new Hash([(byte)files.Count, .. new byte[31]]);
            files.Add((new ContentFile(files.Count + 2, $"file{files.Count}", hash, size), await _store.AddFileAsync($"file{files.Count}", hash, size, default)));
        }

        return files;
    }
}
