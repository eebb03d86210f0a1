using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Blake3;
using AltSendme.Blobs.Stores;
using AltSendme.Blobs.Tests.Blake3;
using AltSendme.TestKit;

namespace AltSendme.Blobs.Tests.Stores;

public sealed class FileHasherTests : IDisposable
{
    private const int MiB = 1 << 20;
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int> Sizes => [0, 1, 1023, 1024, 1025, 16384, 65537, MiB - 1, MiB, MiB + 1, (2 * MiB) - 1, 2 * MiB, (2 * MiB) + 1, 3 * MiB, (5 * MiB) + 777, 7 * MiB];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Sizes))]
    public async Task A_file_of_any_size_has_the_hash_of_its_content(int size)
    {
        var content = Pattern.Random(size, size);
        var path = _folder.Write("file", content);
        var seen = 0L;

        var hashed = await new FileHasher(3).HashAsync(path, bytes => Interlocked.Add(ref seen, bytes), CancellationToken.None);

        Assert.Equal(Subtree.ChainingValue(content, 0, isRoot: true), hashed.Root);
        Assert.Equal(size, hashed.Size);
        Assert.Equal(size, seen);
        Assert.Equal(size > Outboard.BlockSize, hashed.Outboard is not null);
        Assert.Equal(hashed.Outboard is null ? null : hashed.Root, hashed.Outboard?.Root);
    }

    [Fact]
    public async Task Many_files_of_all_sizes_come_back_in_the_order_in_which_they_were_named()
    {
        var sizes = Enumerable.Range(0, 300).Select(i => i % 50 == 49 ? (2 * MiB) + (i * 1000) : i * 37).ToArray();
        var paths = sizes.Select((size, i) => _folder.Write($"{i}", Pattern.Random(i, size))).ToArray();

        var hashed = await new FileHasher(4).HashAllAsync(paths, null, CancellationToken.None);

        Assert.Equal(paths, hashed.Select(file => file.Path));
        Assert.Equal(sizes.Select((size, i) => Subtree.ChainingValue(Pattern.Random(i, size), 0, isRoot: true)), hashed.Select(file => file.Root));
        Assert.Equal(0, OpenFiles.CountBelow(_folder.Path) ?? 0);
    }

    [ToolFact("b3sum", "apt-get install b3sum")]
    public async Task A_large_file_has_the_hash_that_b3sum_prints()
    {
        var path = _folder.Write("file", Pattern.Random(5, (9 * MiB) + 4321));
        var start = new System.Diagnostics.ProcessStartInfo("b3sum", ["--no-names", path]) { RedirectStandardOutput = true };
        using var b3sum = System.Diagnostics.Process.Start(start)!;

        var hashed = await new FileHasher().HashAsync(path, null, CancellationToken.None);

        Assert.Equal((await b3sum.StandardOutput.ReadToEndAsync()).Trim(), hashed.Root.ToString());
    }

    [Fact]
    public async Task A_file_that_is_written_to_while_it_is_hashed_is_refused_by_name()
    {
        var path = _folder.Write("busy.log", Pattern.Random(1, 9 * MiB));
        using var writer = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

        var refusal = await Assert.ThrowsAsync<BlobUnavailableException>(() => new FileHasher(1).HashAsync(path, _ => writer.SetLength(10 * MiB), CancellationToken.None));

        Assert.Contains("busy.log", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_cut_while_it_is_hashed_is_refused_by_name()
    {
        var path = _folder.Write("busy.log", Pattern.Random(1, 9 * MiB));
        using var writer = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

        var refusal = await Assert.ThrowsAsync<BlobUnavailableException>(() => new FileHasher(1).HashAsync(path, _ => writer.SetLength(3 * MiB), CancellationToken.None));

        Assert.Contains("busy.log", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_refused_by_name_and_stops_the_others()
    {
        var paths = Enumerable.Range(0, 50).Select(i => _folder.Write($"{i}", Pattern.Random(i, i))).Append(_folder.In("gone.txt")).ToArray();

        var refusal = await Assert.ThrowsAsync<BlobUnavailableException>(() => new FileHasher(2).HashAllAsync(paths, null, CancellationToken.None));

        Assert.Contains("gone.txt", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, OpenFiles.CountBelow(_folder.Path) ?? 0);
    }

    [Fact]
    public async Task Cancelling_stops_in_the_middle_of_a_file_and_closes_it()
    {
        using var stop = new CancellationTokenSource();
        var path = _folder.Write("file", Pattern.Random(1, 16 * MiB));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new FileHasher(2).HashAsync(path, _ => stop.Cancel(), stop.Token));

        Assert.Equal(0, OpenFiles.CountBelow(_folder.Path) ?? 0);
    }
}
