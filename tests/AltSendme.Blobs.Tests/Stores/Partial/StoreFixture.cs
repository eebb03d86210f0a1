using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Stores.Partial;

namespace AltSendme.Blobs.Tests.Stores.Partial;

/// <summary>What the tests of the partial store do all the time.</summary>
internal static class StoreFixture
{
    public const string FileName = "folder/file.bin";

    /// <summary>Writes groups as they arrive in an answer, a batch each.</summary>
    public static async Task WriteAsync(this PartialFile file, ReferenceTree tree, IEnumerable<(long First, long End)> batches, Action<long>? onVerified = null)
    {
        var sink = file.CreateSink(onVerified);
        await sink.BeginAsync(tree.Content.Length, CancellationToken.None);
        foreach (var (first, end) in batches)
            await sink.WriteAsync(tree.Batch(first, end), CancellationToken.None);
        await sink.EndAsync(CancellationToken.None);
    }

    /// <summary>Fetches all that is missing, as a provider would send it, and says how many bytes that were.</summary>
    public static async Task<long> CompleteAsync(this PartialFile file, ReferenceTree tree, long groupsPerBatch = 5)
    {
        var missing = file.Missing;
        var fetched = missing.ByteCount(file.Size);
        await file.WriteAsync(tree, Groups(missing, tree).Chunk((int)groupsPerBatch).SelectMany(Runs));
        return fetched;
    }

    /// <summary>Adds the file of the tests.</summary>
    public static async Task<PartialFile> AddAsync(this PartialStore store, ReferenceTree tree, string name = FileName) =>
        await store.AddFileAsync(name, tree.Root, tree.Content.Length, CancellationToken.None);

    /// <summary>Fails unless each group that counts as there is on disk as it should be.</summary>
    public static void AssertHonest(PartialStore store, PartialFile file, ReferenceTree tree)
    {
        var missing = Groups(file.Missing, tree).ToHashSet();
        var path = Path.Combine(store.StagingDirectory, file.RelativePath);
        var onDisk = File.Exists(path) ? File.ReadAllBytes(path) : [];
        var present = 0L;
        for (var group = 0L; group < tree.GroupCount; group++)
        {
            if (missing.Contains(group))
                continue;
            var offset = (int)group * TreeGeometry.GroupSize;
            var length = Math.Min(TreeGeometry.GroupSize, tree.Content.Length - offset);
            Assert.True(onDisk.Length >= offset + length && onDisk.AsSpan(offset, length).SequenceEqual(tree.Content.AsSpan(offset, length)), $"group {group} is wrong");
            present += length;
        }

        Assert.Equal(present, file.VerifiedBytes);
    }

    /// <summary>Fails unless the file is whole on disk.</summary>
    public static void AssertWhole(PartialStore store, PartialFile file, ReferenceTree tree)
    {
        Assert.True(file.IsComplete);
        Assert.True(file.Missing.IsEmpty);
        Assert.Equal(tree.Content, File.ReadAllBytes(Path.Combine(store.StagingDirectory, file.RelativePath)));
    }

    /// <summary>Groups of which a chunk is in the set.</summary>
    public static IEnumerable<long> Groups(ChunkRanges ranges, ReferenceTree tree)
    {
        for (var group = 0L; group < tree.GroupCount; group++)
        {
            if (ranges.Contains((ulong)group * 16))
                yield return group;
        }
    }

    private static IEnumerable<(long First, long End)> Runs(long[] groups)
    {
        for (int first = 0, end; first < groups.Length; first = end)
        {
            for (end = first + 1; end < groups.Length && groups[end] == groups[end - 1] + 1;)
                end++;
            yield return (groups[first], groups[end - 1] + 1);
        }
    }
}
