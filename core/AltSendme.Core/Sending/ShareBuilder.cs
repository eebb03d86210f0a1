using AltSendme.Abstractions;
using AltSendme.Blobs.Collections;
using AltSendme.Blobs.Stores;
using AltSendme.Core.Errors;
using AltSendme.Core.Previews;
using AltSendme.Core.Progress;

namespace AltSendme.Core.Sending;

/// <summary>From paths to a share: walks, hashes in parallel, names. Files stay where they are and are never copied.</summary>
internal static class ShareBuilder
{
    /// <exception cref="StorageException">A path is missing or unreadable, a file changed while it was hashed, or there are too many files.</exception>
    public static async Task<Share> BuildAsync(IReadOnlyList<string> paths, TimeProvider timeProvider, IProgress<TransferEvent> progress, CancellationToken cancellationToken)
    {
        var sources = new PathWalker(progress).Walk(paths, cancellationToken);
        if (sources.Count >= HashSequence.DefaultLimit)
            throw new StorageException(ErrorCodes.SourceUnreadable, $"{sources.Count} files are more than one share can hold ({HashSequence.DefaultLimit - 1}). Send them in several shares, or pack them into an archive.");

        var hashed = await HashAsync(sources, timeProvider, progress, cancellationToken);
        var collection = new Collection(sources.Select((source, i) => new CollectionEntry(source.Name, hashed[i].Root)));
        var store = new InPlaceStore();
        foreach (var file in hashed)
            store.Add(file);
        var sequence = new MemoryBlob("the list of hashes", collection.Sequence.Bytes);
        store.Add(sequence);
        store.Add(new MemoryBlob("the list of names", collection.Metadata));
        return new Share(TopLevel(sources[0].Name), sequence.Hash, sources.Count, hashed.Sum(static file => file.Size), PreviewComposer.Of(sources), new ContentIndex([.. hashed.Select(static file => (file.Root, file.Size))]), store);
    }

    private static async Task<IReadOnlyList<HashedFile>> HashAsync(IReadOnlyList<SourceFile> sources, TimeProvider timeProvider, IProgress<TransferEvent> progress, CancellationToken cancellationToken)
    {
        var total = sources.Sum(static source => source.Size);
        var done = 0L;
        await using var pump = new ProgressPump(timeProvider, () => progress.Report(new ImportProgressed(Interlocked.Read(ref done), total)));
        try
        {
            return await new FileHasher().HashAllAsync([.. sources.Select(static source => source.Path)], bytes => Interlocked.Add(ref done, bytes), cancellationToken);
        }
        catch (BlobUnavailableException exception)
        {
            throw new StorageException(ErrorCodes.SourceChanged, exception.Message, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(ErrorCodes.SourceUnreadable, $"A file can't be read: {exception.Message}", exception);
        }
    }

    private static string TopLevel(string name) => name.Split('/')[0];
}
