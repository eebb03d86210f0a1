using AltSendme.Blobs.Stores.Partial;
using AltSendme.Blobs.Tests.Blake3;
using static AltSendme.Blobs.Tests.Stores.Partial.StoreFixture;

namespace AltSendme.Blobs.Tests.Stores.Partial;

public sealed class StoreFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _elsewhere = new();
    private readonly ReferenceTree _tree = new(Pattern.Random(1, 100_000));

    public void Dispose()
    {
        _folder.Dispose();
        _elsewhere.Dispose();
    }

    private string Store => _folder.In(PartialStore.FolderNameOf(_tree.Root));

    [Fact]
    public void A_second_receiver_of_the_same_share_is_told_that_the_store_is_in_use()
    {
        using (PartialStore.Open(_folder.Path, _tree.Root))
        {
            var refusal = Assert.Throws<PartialStoreBusyException>(() => PartialStore.Open(_folder.Path, _tree.Root));
            Assert.Contains(Store, refusal.Message, StringComparison.Ordinal);
        }

        PartialStore.Open(_folder.Path, _tree.Root).Dispose();
    }

    [Fact]
    public void Two_shares_are_received_into_one_folder_side_by_side()
    {
        using var first = PartialStore.Open(_folder.Path, _tree.Root);
        using var second = PartialStore.Open(_folder.Path, default);

        Assert.NotEqual(first.Folder, second.Folder);
        Assert.Matches("^\\.altsendme-[0-9a-f]{16}\\.part$", Path.GetFileName(first.Folder));
    }

    [Fact]
    public void A_folder_of_somebody_else_with_the_stores_name_is_refused_and_left_alone()
    {
        _folder.Write($"{Path.GetFileName(Store)}/precious.txt", [1]);

        Assert.Throws<PartialStoreException>(() => PartialStore.Open(_folder.Path, _tree.Root));

        Assert.Equal(["precious.txt"], Directory.GetFileSystemEntries(Store).Select(Path.GetFileName));
    }

    [Fact]
    public void A_file_with_the_stores_name_is_refused()
    {
        _folder.Write(Path.GetFileName(Store), [1]);

        Assert.Throws<PartialStoreException>(() => PartialStore.Open(_folder.Path, _tree.Root));
    }

    [Fact]
    public void A_store_whose_making_was_killed_is_taken_over()
    {
        Directory.CreateDirectory(Store);
        File.WriteAllText(Path.Combine(Store, "lock"), "");
        File.WriteAllText(Path.Combine(Store, "format.new"), "altsen");

        using var store = PartialStore.Open(_folder.Path, _tree.Root);

        Assert.True(File.Exists(Path.Combine(Store, "format")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("data")]
    [InlineData("trees")]
    public void A_link_in_place_of_one_of_the_stores_folders_is_refused(string part)
    {
        PartialStore.Open(_folder.Path, _tree.Root).Dispose();
        var target = Path.Combine(Store, part);
        Directory.Delete(target, recursive: true);
        Directory.CreateSymbolicLink(target, _elsewhere.Path);

        Assert.Throws<PartialStoreException>(() => PartialStore.Open(_folder.Path, _tree.Root));

        Assert.Empty(Directory.GetFileSystemEntries(_elsewhere.Path));
    }

    [Theory]
    [InlineData(true, 100_000)]
    [InlineData(false, 100_000)]
    [InlineData(true, 1000)]
    [InlineData(false, 1000)]
    public async Task A_link_planted_on_the_way_to_a_file_is_refused(bool isFolder, int size)
    {
        var tree = new ReferenceTree(Pattern.Random(1, size));
        string staging;
        using (var store = PartialStore.Open(_folder.Path, tree.Root))
            staging = store.StagingDirectory;
        var precious = _elsewhere.Write("file.bin", [1, 2, 3]);
        if (isFolder)
        {
            Directory.CreateSymbolicLink(Path.Combine(staging, "folder"), _elsewhere.Path);
        }
        else
        {
            Directory.CreateDirectory(Path.Combine(staging, "folder"));
            File.CreateSymbolicLink(Path.Combine(staging, FileName), precious);
        }

        using var again = PartialStore.Open(_folder.Path, tree.Root);
        var refusal = await Assert.ThrowsAsync<PartialStoreException>(() => again.AddAsync(tree));

        Assert.Contains("is a link", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(precious));
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(1000)]
    public async Task A_link_planted_while_the_store_is_open_is_not_written_through(int size)
    {
        var tree = new ReferenceTree(Pattern.Random(1, size));
        var precious = _elsewhere.Write("precious", [1, 2, 3]);
        using var store = PartialStore.Open(_folder.Path, tree.Root);
        var file = await store.AddAsync(tree);
        Directory.CreateDirectory(Path.Combine(store.StagingDirectory, "folder"));
        File.CreateSymbolicLink(Path.Combine(store.StagingDirectory, FileName), precious);

        await Assert.ThrowsAnyAsync<IOException>(() => file.CompleteAsync(tree));

        Assert.Equal([1, 2, 3], File.ReadAllBytes(precious));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("../up")]
    [InlineData("a/../../up")]
    [InlineData("a//b")]
    [InlineData("a/./b")]
    [InlineData("a/")]
    [InlineData("a\0b")]
    public async Task A_name_that_leads_elsewhere_is_refused(string name)
    {
        using var store = PartialStore.Open(_folder.Path, _tree.Root);

        await Assert.ThrowsAsync<PartialStoreException>(() => store.AddAsync(_tree, name));
    }

    [Fact]
    public async Task A_name_is_given_to_one_file_only()
    {
        using var store = PartialStore.Open(_folder.Path, _tree.Root);
        await store.AddAsync(_tree);

        await Assert.ThrowsAsync<ArgumentException>(() => store.AddAsync(_tree));
    }

    [Fact]
    public async Task Discarding_removes_the_store_and_follows_no_link()
    {
        var precious = _elsewhere.Write("precious", [1, 2, 3]);
        using var store = PartialStore.Open(_folder.Path, _tree.Root);
        await (await store.AddAsync(_tree)).WriteAsync(_tree, [(0, 3)]);
        Directory.CreateSymbolicLink(Path.Combine(store.StagingDirectory, "link"), _elsewhere.Path);

        store.Discard();

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
        Assert.True(File.Exists(precious));
    }

    [Fact]
    public async Task Only_added_files_remain_to_be_moved_into_place()
    {
        var precious = _elsewhere.Write("precious", [1, 2, 3]);
        using (var earlier = PartialStore.Open(_folder.Path, _tree.Root))
        {
            await (await earlier.AddAsync(_tree, "old/name.bin")).WriteAsync(_tree, [(0, 3)]);
            await (await earlier.AddAsync(_tree, "folder/old.bin")).WriteAsync(_tree, [(0, 3)]);
        }

        using var store = PartialStore.Open(_folder.Path, _tree.Root);
        await (await store.AddAsync(_tree)).CompleteAsync(_tree);
        await (await store.AddAsync(_tree, "größe/übel.bin")).CompleteAsync(_tree);
        Directory.CreateSymbolicLink(Path.Combine(store.StagingDirectory, "link"), _elsewhere.Path);

        store.RemoveUnclaimed();

        Assert.Equal(
            [FileName, "größe/übel.bin"],
            Directory.GetFiles(store.StagingDirectory, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(store.StagingDirectory, path).Replace('\\', '/')).Order(StringComparer.Ordinal));
        Assert.Equal(2, Directory.GetFileSystemEntries(store.StagingDirectory).Length);
        Assert.True(File.Exists(precious));
    }

    [Fact]
    public void Discarding_leaves_what_somebody_else_put_into_the_folder()
    {
        using var store = PartialStore.Open(_folder.Path, _tree.Root);
        var note = Path.Combine(store.Folder, "note.txt");
        File.WriteAllText(note, "mine");

        store.Discard();

        Assert.Equal([note], Directory.GetFileSystemEntries(store.Folder));
    }

    [Fact]
    public void Nobody_else_may_enter_the_store()
    {
        using var store = PartialStore.Open(_folder.Path, _tree.Root);

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(store.Folder));
    }
}
