using AltSendme.Blobs.Stores;
using AltSendme.Blobs.Tests.Blake3;

namespace AltSendme.Blobs.Tests.Stores;

public sealed class InPlaceStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly InPlaceStore _store = new();

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_shared_file_is_read_at_any_offset_into_several_pieces()
    {
        var content = Pattern.Random(1, 300_000);
        var blob = await ShareAsync("file", content);
        Memory<byte>[] pieces = [new byte[1000], new byte[16384], new byte[1], new byte[50_000]];

        await blob.ReadAsync(12_345, pieces, CancellationToken.None);

        Assert.Equal(content[12_345..79_730], pieces.SelectMany(piece => piece.ToArray()).ToArray());
    }

    [Fact]
    public async Task A_file_whose_content_has_changed_is_refused_by_name()
    {
        var blob = await ShareAsync("report.txt", Pattern.Random(1, 5000));
        File.WriteAllBytes(blob.Name, Pattern.Random(2, 5000));
        File.SetLastWriteTimeUtc(blob.Name, DateTime.UnixEpoch);

        await AssertRefusedAsync(blob, "report.txt");
    }

    [Fact]
    public async Task A_file_that_changes_while_it_is_open_is_refused_by_name()
    {
        var blob = await ShareAsync("report.txt", Pattern.Random(1, 5000));
        await ReadAsync(blob);
        using (var writer = new FileStream(blob.Name, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
            writer.SetLength(4999);

        await AssertRefusedAsync(blob, "report.txt");
    }

    [Fact]
    public async Task A_file_that_is_gone_is_refused_by_name()
    {
        var blob = await ShareAsync("report.txt", Pattern.Random(1, 5000));
        File.Delete(blob.Name);

        await AssertRefusedAsync(blob, "report.txt");
    }

    [Fact]
    public async Task Another_file_of_the_same_name_size_and_time_is_refused_by_name()
    {
        var blob = await ShareAsync("report.txt", Pattern.Random(1, 5000));
        var time = File.GetLastWriteTimeUtc(blob.Name);
        var other = _folder.Write("other", Pattern.Random(2, 5000));
        File.SetLastWriteTimeUtc(other, time);
        File.Move(other, blob.Name, overwrite: true);

        if (!OperatingSystem.IsMacOS())
            await AssertRefusedAsync(blob, "report.txt");
    }

    [Fact]
    public async Task An_open_file_is_served_on_when_another_one_takes_its_name()
    {
        var content = Pattern.Random(1, 5000);
        var blob = await ShareAsync("report.txt", content);
        await ReadAsync(blob);
        File.Move(_folder.Write("other", Pattern.Random(2, 5000)), blob.Name, overwrite: true);

        Assert.Equal(content, await ReadAsync(blob));
    }

    [Fact]
    public async Task Many_shared_files_keep_few_files_open()
    {
        var paths = Enumerable.Range(0, 500).Select(i => _folder.Write($"{i}", Pattern.Random(i, 100))).ToArray();
        var files = await new FileHasher().HashAllAsync(paths, null, CancellationToken.None);
        foreach (var file in files)
            _store.Add(file);

        await Parallel.ForEachAsync(Enumerable.Range(0, 1000), async (i, _) =>
        {
            Assert.True(_store.TryFind(files[i % 500].Root, out var blob));
            Assert.Equal(Pattern.Random(i % 500, 100), await ReadAsync(blob));
        });

        Assert.InRange(OpenFiles.CountBelow(_folder.Path) ?? 0, 0, InPlaceStore.IdleHandles);
        _store.Dispose();
        Assert.Equal(0, OpenFiles.CountBelow(_folder.Path) ?? 0);
    }

    [Fact]
    public async Task A_file_whose_share_has_ended_is_refused_by_name()
    {
        var blob = await ShareAsync("report.txt", Pattern.Random(1, 5000));
        _store.Dispose();

        await AssertRefusedAsync(blob, "report.txt");
    }

    [Fact]
    public async Task Two_files_with_the_same_content_are_one_blob()
    {
        var first = await ShareAsync("first", Pattern.Random(1, 5000));
        var second = await ShareAsync("second", Pattern.Random(1, 5000));

        Assert.Same(first, second);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData((2 << 20) + 5)]
    public async Task A_blob_in_memory_is_found_and_read(int size)
    {
        var content = Pattern.Random(3, size);
        var blob = new MemoryBlob("hash sequence", content);
        _store.Add(blob);

        Assert.True(_store.TryFind(blob.Hash, out var found));
        Assert.Equal(content, await ReadAsync(found));
        Assert.Equal(size > 1 << 20, found.Outboard is not null);
    }

    private static async Task<byte[]> ReadAsync(IBlob blob)
    {
        var content = new byte[blob.Size];
        await blob.ReadAsync(0, [content], CancellationToken.None);
        return content;
    }

    private static async Task AssertRefusedAsync(IBlob blob, string name)
    {
        var refusal = await Assert.ThrowsAsync<BlobUnavailableException>(() => ReadAsync(blob));
        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
    }

    private async Task<IBlob> ShareAsync(string name, byte[] content)
    {
        var file = await new FileHasher().HashAsync(_folder.Write(name, content), null, CancellationToken.None);
        _store.Add(file);
        return _store.TryFind(file.Root, out var blob) ? blob : throw new InvalidOperationException($"{name} is not found.");
    }
}
