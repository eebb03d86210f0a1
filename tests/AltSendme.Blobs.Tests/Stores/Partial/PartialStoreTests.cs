using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Blake3;
using AltSendme.Blobs.Stores.Partial;
using AltSendme.Blobs.Tests.Blake3;
using static AltSendme.Blobs.Tests.Stores.Partial.StoreFixture;

namespace AltSendme.Blobs.Tests.Stores.Partial;

public sealed class PartialStoreTests : IDisposable
{
    private const int MiB = 1 << 20;
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int> Sizes => [1, 1024, 16384, 65536, 65537, 100_000, MiB - 1, MiB, MiB + 1, (2 * MiB) + 16385];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Sizes))]
    public async Task A_file_of_any_size_is_received_and_known_again(int size)
    {
        var tree = new ReferenceTree(Pattern.Random(size, size));
        var told = 0L;
        using (var store = PartialStore.Open(_folder.Path, tree.Root))
        {
            var file = await store.AddAsync(tree);
            Assert.True(file.Missing.IsAll);
            Assert.False(file.IsComplete);
            await file.WriteAsync(tree, [(0, tree.GroupCount)], bytes => told += bytes);
            AssertWhole(store, file, tree);
        }

        using var again = PartialStore.Open(_folder.Path, tree.Root);
        AssertWhole(again, await again.AddAsync(tree), tree);
        Assert.Equal(size, told);
    }

    [Fact]
    public async Task An_empty_file_is_there_at_once()
    {
        using var store = PartialStore.Open(_folder.Path, default);

        var file = await store.AddFileAsync("empty", Subtree.ChainingValue([], 0, isRoot: true), 0, CancellationToken.None);

        Assert.True(file.IsComplete);
        Assert.True(file.Missing.IsEmpty);
        Assert.Empty(File.ReadAllBytes(Path.Combine(store.StagingDirectory, "empty")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Groups_that_arrive_in_any_order_are_exactly_what_the_next_run_has(int seed)
    {
        var random = new Random(seed);
        var tree = new ReferenceTree(Pattern.Random(seed, random.Next(65537, 3 * MiB)));
        var written = new HashSet<long>();
        for (var run = 0; run < 4; run++)
        {
            using var store = PartialStore.Open(_folder.Path, tree.Root);
            var file = await store.AddAsync(tree);
            Assert.Equal(Enumerable.Range(0, (int)tree.GroupCount).Select(group => (long)group).Except(written), Groups(file.Missing, tree));
            AssertHonest(store, file, tree);
            for (var i = 0; i < 6; i++)
            {
                var first = random.NextInt64(tree.GroupCount);
                var end = random.NextInt64(first + 1, Math.Min(tree.GroupCount, first + 20) + 1);
                await file.WriteAsync(tree, [(first, end)]);
                for (var group = first; group < end; group++)
                    written.Add(group);
            }
        }

        using var last = PartialStore.Open(_folder.Path, tree.Root);
        var rest = await last.AddAsync(tree);
        await rest.CompleteAsync(tree);
        AssertWhole(last, rest, tree);
    }

    [Fact]
    public async Task Thousands_of_small_files_are_received_and_known_again_without_keeping_them_open()
    {
        const int Count = 2000;
        var trees = Enumerable.Range(0, Count).Select(i => new ReferenceTree(Pattern.Random(i, 4096))).ToArray();
        using (var store = PartialStore.Open(_folder.Path, default))
        {
            for (var i = 0; i < Count; i++)
            {
                var file = await store.AddAsync(trees[i], $"{i % 10}/{i}");
                await file.WriteAsync(trees[i], [(0, 1)]);
                Assert.True(file.IsComplete);
            }

            Assert.InRange(OpenFiles.CountBelow(_folder.Path) ?? 0, 0, 1);
        }

        using var again = PartialStore.Open(_folder.Path, default);
        for (var i = 0; i < Count; i++)
            AssertWhole(again, await again.AddAsync(trees[i], $"{i % 10}/{i}"), trees[i]);
    }

    [Fact]
    public async Task Files_that_arrive_by_turns_are_all_received()
    {
        var trees = Enumerable.Range(0, 3).Select(i => new ReferenceTree(Pattern.Random(i, 200_000))).ToArray();
        using var store = PartialStore.Open(_folder.Path, default);
        var files = new List<PartialFile>();
        foreach (var tree in trees)
            files.Add(await store.AddAsync(tree, $"{files.Count}"));

        var sinks = files.Select(file => file.CreateSink(null)).ToArray();
        for (var group = 0; group < trees[0].GroupCount; group++)
        {
            for (var i = 0; i < 3; i++)
                await sinks[i].WriteAsync(trees[i].Batch(group, group + 1), CancellationToken.None);
        }

        for (var i = 0; i < 3; i++)
            AssertWhole(store, files[i], trees[i]);
    }

    [Theory]
    [InlineData(5000)]
    [InlineData(500_000)]
    public async Task An_answer_that_states_another_size_than_the_proved_one_is_refused(int size)
    {
        var tree = new ReferenceTree(Pattern.Random(1, size));
        using var store = PartialStore.Open(_folder.Path, tree.Root);
        var sink = (await store.AddAsync(tree)).CreateSink(null);

        var refusal = await Assert.ThrowsAsync<BlobVerificationException>(async () => await sink.BeginAsync(size + 1, CancellationToken.None));

        Assert.Contains(FileName, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5000)]
    [InlineData(500_000)]
    public async Task Nothing_is_written_into_a_store_that_was_closed(int size)
    {
        var tree = new ReferenceTree(Pattern.Random(1, size));
        PartialFile file;
        using (var store = PartialStore.Open(_folder.Path, tree.Root))
            file = await store.AddAsync(tree);

        await Assert.ThrowsAsync<ObjectDisposedException>(() => file.CompleteAsync(tree));

        Assert.Empty(Directory.GetFiles(_folder.Path, "file.bin", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_size_beyond_reason_is_refused_before_memory_is_taken()
    {
        using var store = PartialStore.Open(_folder.Path, default);

        await Assert.ThrowsAsync<PartialStoreException>(async () => await store.AddFileAsync("file", default, long.MaxValue, CancellationToken.None));
    }

    [Fact]
    public async Task Single_chunks_are_not_taken_for_their_groups()
    {
        var tree = new ReferenceTree(Pattern.Random(1, 200_000));
        using var store = PartialStore.Open(_folder.Path, tree.Root);
        var file = await store.AddAsync(tree);
        var sink = file.CreateSink(null);
        await sink.BeginAsync(200_000, CancellationToken.None);

        await sink.WriteAsync(new VerifiedBatch([], [new VerifiedLeaf(0, tree.Content.AsMemory(0, 1024)), new VerifiedLeaf(199_680, tree.Content.AsMemory(199_680))]), CancellationToken.None);
        await sink.EndAsync(CancellationToken.None);

        Assert.True(file.Missing.IsAll);
        Assert.Equal(0, file.VerifiedBytes);
    }
}
