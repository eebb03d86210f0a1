using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Stores.Partial;
using AltSendme.Blobs.Tests.Blake3;
using static AltSendme.Blobs.Tests.Stores.Partial.StoreFixture;

namespace AltSendme.Blobs.Tests.Stores.Partial;

public sealed class DamagedStoreTests : IDisposable
{
    private const int Size = 2_600_001;
    private readonly TemporaryFolder _folder = new();
    private readonly ReferenceTree _tree = new(Pattern.Random(1, Size));

    public void Dispose() => _folder.Dispose();

    private string Data => Path.Combine(Store, "data", FileName);

    private string OutboardFile => Directory.GetFiles(Path.Combine(Store, "trees"), "*.outboard").Single();

    private string Bitmap => Directory.GetFiles(Path.Combine(Store, "trees"), "*.bitmap").Single();

    private string Store => Path.Combine(_folder.Path, PartialStore.FolderNameOf(_tree.Root));

    [Fact]
    public async Task A_damaged_group_is_fetched_again_and_no_other()
    {
        await ReceiveAsync((0, 40));
        Flip(Data, 10 * TreeGeometry.GroupSize);

        await AssertMissingAsync(group => group is 10 or >= 40);
    }

    [Fact]
    public async Task A_damaged_group_of_a_whole_file_is_fetched_again_and_no_other()
    {
        await ReceiveAsync((0, _tree.GroupCount));
        Flip(Data, Size - 1);

        await AssertMissingAsync(group => group == _tree.GroupCount - 1);
    }

    [Fact]
    public async Task Groups_below_a_damaged_parent_are_fetched_again()
    {
        await ReceiveAsync((0, 40), (64, 140));
        Flip(OutboardFile, 63 * TreeGeometry.ParentSize);

        await AssertMissingAsync(group => group is < 128 or >= 140);
    }

    [Fact]
    public async Task Damaged_parents_inside_a_block_that_is_whole_cost_nothing()
    {
        await ReceiveAsync((0, 64));
        Flip(OutboardFile, 20 * TreeGeometry.ParentSize);

        await AssertMissingAsync(group => group >= 64);
    }

    [Fact]
    public async Task Marks_without_groups_are_not_believed()
    {
        await ReceiveAsync((0, 10), (100, 120));
        File.WriteAllBytes(Bitmap, [.. Enumerable.Repeat(byte.MaxValue, 1000)]);

        await AssertMissingAsync(group => group is >= 10 and < 100 or >= 120);
    }

    [Fact]
    public async Task Groups_that_lost_their_marks_are_fetched_again()
    {
        await ReceiveAsync((0, 40));
        File.WriteAllBytes(Bitmap, [byte.MaxValue]);

        await AssertMissingAsync(group => group >= 8);
    }

    [Fact]
    public async Task Content_that_a_power_cut_took_is_fetched_again()
    {
        await ReceiveAsync((0, 100));
        using (var data = new FileStream(Data, FileMode.Open))
            data.SetLength((30 * TreeGeometry.GroupSize) + 5);

        await AssertMissingAsync(group => group >= 30);
    }

    [Fact]
    public async Task A_file_that_has_grown_is_cut_to_its_size()
    {
        await ReceiveAsync((0, 100));
        using (var data = new FileStream(Data, FileMode.Open))
            data.SetLength(Size + 100_000);

        await AssertMissingAsync(group => group >= 100);
    }

    [Fact]
    public async Task Content_and_parents_of_another_blob_are_not_believed()
    {
        await ReceiveAsync((0, 100));
        using var elsewhere = new TemporaryFolder();
        var other = new ReferenceTree(Pattern.Random(2, Size));
        using (var store = PartialStore.Open(elsewhere.Path, other.Root))
        {
            await (await store.AddAsync(other)).WriteAsync(other, [(0, 30), (64, 140)]);
            File.Copy(Path.Combine(store.StagingDirectory, FileName), Data, overwrite: true);
            foreach (var tree in Directory.GetFiles(Path.Combine(store.Folder, "trees")))
                File.Copy(tree, Path.Combine(Store, "trees", Path.GetFileName(tree)), overwrite: true);
        }

        await AssertMissingAsync(_ => true);
    }

    [Fact]
    public async Task A_missing_file_is_fetched_again_as_a_whole()
    {
        await ReceiveAsync((0, 100));
        File.Delete(Data);

        await AssertMissingAsync(_ => true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Random_damage_never_makes_a_wrong_group_count(int seed)
    {
        var random = new Random(seed);
        await ReceiveAsync((0, 70), (90, _tree.GroupCount));
        for (var round = 0; round < 8; round++)
        {
            string[] files = [Data, OutboardFile, Bitmap];
            var damaged = files[random.Next(files.Length)];
            Flip(damaged, random.NextInt64(new FileInfo(damaged).Length));

            using var store = PartialStore.Open(_folder.Path, _tree.Root);
            AssertHonest(store, await store.AddAsync(_tree), _tree);
        }

        await AssertMissingAsync(null);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5000)]
    public async Task A_damaged_small_file_is_fetched_again(int newLength)
    {
        var tree = new ReferenceTree(Pattern.Random(1, 4096));
        string path;
        using (var store = PartialStore.Open(_folder.Path, tree.Root))
        {
            var file = await store.AddAsync(tree);
            await file.CompleteAsync(tree);
            path = Path.Combine(store.StagingDirectory, FileName);
        }

        File.WriteAllBytes(path, new byte[newLength]);
        using var again = PartialStore.Open(_folder.Path, tree.Root);
        var damaged = await again.AddAsync(tree);
        Assert.True(damaged.Missing.IsAll);
        await damaged.CompleteAsync(tree);
        AssertWhole(again, damaged, tree);
    }

    [Fact]
    public async Task A_store_with_any_damage_to_its_format_is_refused_and_left_alone()
    {
        await ReceiveAsync((0, 10));
        var format = Path.Combine(Store, "format");
        var original = File.ReadAllBytes(format);
        for (var i = 0; i <= original.Length; i++)
        {
            if (i < original.Length)
                Flip(format, i);
            else
                File.AppendAllText(format, "x");
            var refusal = Assert.Throws<PartialStoreException>(() => PartialStore.Open(_folder.Path, _tree.Root));
            Assert.Contains(Store, refusal.Message, StringComparison.Ordinal);
            File.WriteAllBytes(format, original);
        }

        await AssertMissingAsync(group => group >= 10);
    }

    private static void Flip(string path, long offset)
    {
        using var file = new FileStream(path, FileMode.Open);
        file.Position = offset;
        var value = file.ReadByte();
        file.Position = offset;
        file.WriteByte((byte)(value ^ 0x40));
    }

    private async Task ReceiveAsync(params (long First, long End)[] batches)
    {
        using var store = PartialStore.Open(_folder.Path, _tree.Root);
        await (await store.AddAsync(_tree)).WriteAsync(_tree, batches);
    }

    /// <summary>Opens the store again, compares what it lacks, and completes the file.</summary>
    private async Task AssertMissingAsync(Func<long, bool>? isMissing)
    {
        using var store = PartialStore.Open(_folder.Path, _tree.Root);
        var file = await store.AddAsync(_tree);
        AssertHonest(store, file, _tree);
        if (isMissing is not null)
            Assert.Equal(Enumerable.Range(0, (int)_tree.GroupCount).Select(group => (long)group).Where(isMissing), Groups(file.Missing, _tree));
        await file.CompleteAsync(_tree);
        AssertWhole(store, file, _tree);
    }
}
