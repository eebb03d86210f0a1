using System.Collections.Concurrent;
using AltSendme.Blobs;
using AltSendme.Blobs.Protocol;
using AltSendme.Blobs.Protocol.Requests;
using AltSendme.Blobs.Stores.Partial;

namespace AltSendme.Core.Receiving;

/// <summary>Fetches what a store lacks of a share's files, in as few requests as the protocol's limit on their length allows: usually one.</summary>
internal sealed class ContentFetcher(Hash root, IReadOnlyList<(ContentFile File, PartialFile Store)> files)
{
    // A boundary takes at most 10 bytes and a run of files two varints; this many stay far below the 1 MiB that a request may have.
    private const int MaxBoundaries = 50_000;

    private long _verifiedBytes = files.Sum(static file => file.Store.VerifiedBytes);

    /// <summary>Content that is verified and stored, all runs together. May be read from any thread.</summary>
    public long VerifiedBytes => Interlocked.Read(ref _verifiedBytes);

    /// <summary>Fetches until nothing is missing, or throws. Several may fetch at once: what arrives twice is taken once.</summary>
    public async Task FetchAsync(LinkAttempt attempt, CancellationToken cancellationToken)
    {
        while (NextRequest() is { } request)
        {
            var target = new Target(this, attempt);
            await attempt.FetchAsync(request, target, () => target.Current, cancellationToken);
        }
    }

    /// <summary>Fetches with all senders of the pool at once, each as much as it manages.</summary>
    public async Task FetchAsync(SenderPool pool, CancellationToken cancellationToken)
    {
        using var queue = new PieceQueue(files, pool.Count);
        var delivered = new ConcurrentDictionary<SenderLink, long>();
        await pool.RunAllAsync(
            (link, attempt, token) => new PieceWorker(root, queue, attempt, bytes => Count(delivered, link, bytes)).RunAsync(token),
            link => delivered.GetValueOrDefault(link),
            queue.Completed,
            cancellationToken);
    }

    private void Count(ConcurrentDictionary<SenderLink, long> delivered, SenderLink link, long bytes)
    {
        Interlocked.Add(ref _verifiedBytes, bytes);
        delivered.AddOrUpdate(link, bytes, (_, before) => before + bytes);
    }

    private GetRequest? NextRequest()
    {
        var ranges = new List<WantedBlob>();
        var boundaries = 0;
        var wanted = 0;
        foreach (var (file, store) in files)
        {
            var missing = store.Missing;
            if (missing.IsEmpty)
                continue;
            if (wanted > 0 && boundaries + missing.Boundaries.Length > MaxBoundaries)
                break;
            ranges.Add(new WantedBlob((ulong)file.Index, missing));
            boundaries += missing.Boundaries.Length;
            wanted++;
        }

        return wanted == 0 ? null : new GetRequest(root, ChunkRangesSequence.OfBlobs(ranges));
    }

    private sealed class Target(ContentFetcher owner, LinkAttempt attempt) : IGetTarget
    {
        private readonly Dictionary<long, (ContentFile File, PartialFile Store)> _files = owner.FilesByIndex();

        public string Current { get; private set; } = "the files";

        public ValueTask<GetChild?> OpenAsync(long index, CancellationToken cancellationToken)
        {
            var (file, store) = _files[index];
            Current = file.Path;
            return ValueTask.FromResult<GetChild?>(new GetChild(file.Hash, attempt.Watch(store.CreateSink(bytes => Interlocked.Add(ref owner._verifiedBytes, bytes)))));
        }
    }

    private Dictionary<long, (ContentFile File, PartialFile Store)> FilesByIndex() => files.ToDictionary(static file => file.File.Index);
}
