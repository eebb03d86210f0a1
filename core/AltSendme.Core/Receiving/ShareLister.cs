using AltSendme.Abstractions;
using AltSendme.Blobs;
using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Collections;
using AltSendme.Blobs.Protocol;
using AltSendme.Blobs.Protocol.Requests;
using AltSendme.Blobs.Stores;
using AltSendme.Core.Errors;
using AltSendme.Core.Progress;
using AltSendme.Core.Tickets;

namespace AltSendme.Core.Receiving;

/// <summary>
/// Learns what a share holds with one request: the hash sequence, the names, and the last chunk of every file, which proves its size. Nothing is written, and no file is fetched.
/// </summary>
internal sealed class ShareLister(BlobTicket ticket, NameRules rules, IProgress<TransferEvent> progress)
{
    private const int MaxReportedNames = 100;

    public async Task<ShareContents> ListAsync(LinkAttempt attempt, CancellationToken cancellationToken)
    {
        var target = new Target(ticket, attempt);
        await attempt.FetchAsync(new GetRequest(ticket.Root, Ranges()), target, () => target.Current, cancellationToken);
        return ticket.Format == BlobFormat.Raw ? SingleFile(target) : Files(target);
    }

    private ChunkRangesSequence Ranges() => ticket.Format == BlobFormat.Raw
        ? ChunkRangesSequence.Single(ChunkRanges.LastChunk)
        : ChunkRangesSequence.Of([ChunkRanges.All, ChunkRanges.All, ChunkRanges.LastChunk], isInfinite: true);

    private ShareContents SingleFile(Target target) =>
        new([new ContentFile(0, $"altsendme-{ticket.Root.ToShortString()}", ticket.Root, target.RootSize)]);

    private ShareContents Files(Target target)
    {
        if (target.Collection is not { } collection)
            throw new TransferAbortedException(ErrorCodes.PeerLacksContent, "The sender did not provide the list of files. Ask for a new ticket.");
        if (target.Sizes.Count != collection.Entries.Count)
            throw new TransferAbortedException(ErrorCodes.PeerLacksContent, $"The sender no longer has all files: {collection.Entries.Count - target.Sizes.Count} of {collection.Entries.Count} are missing there. Ask for a new ticket.");

        var names = new TargetNames(rules);
        var files = new ContentFile[collection.Entries.Count];
        var changed = 0;
        for (var i = 0; i < files.Length; i++)
        {
            var entry = collection.Entries[i];
            var path = names.Add(entry.Name);
            if (changed < MaxReportedNames && path != entry.Name)
            {
                progress.Report(new NameChanged(entry.Name, path));
                changed++;
            }

            // Index 0 is the hash sequence, 1 the names.
            files[i] = new ContentFile(i + 2, path, entry.Hash, target.Sizes[i]);
        }

        return new ShareContents(files);
    }

    private sealed class Target(BlobTicket ticket, LinkAttempt attempt) : IGetTarget
    {
        private readonly MemorySink _sequenceSink = new(ticket.Root, HashSequence.DefaultLimit * Hash.Length);
        private readonly SizeSink _sizeSink = new();
        private MemorySink? _metadataSink;
        private HashSequence? _sequence;
        private long _pending = -1;

        public string Current { get; private set; } = "what the ticket names";

        public Collection? Collection { get; private set; }

        public List<long> Sizes { get; } = [];

        public long RootSize => _sizeSink.Size;

        public ValueTask<GetChild?> OpenAsync(long index, CancellationToken cancellationToken)
        {
            Finish();
            if (index == 0)
                return Open(0, ticket.Root, ticket.Format == BlobFormat.Raw ? _sizeSink : _sequenceSink);

            _sequence ??= Sequence();
            if (index > _sequence.Count)
                return ValueTask.FromResult<GetChild?>(null);
            if (index == 1)
                return Open(1, _sequence[0], _metadataSink = new MemorySink(_sequence[0], Collection.MaxMetadataSize));

            Collection ??= Decode(_sequence);
            Current = $"the file {Collection.Entries[(int)index - 2].Name}";
            _sizeSink.Reset();
            return Open(index, _sequence[(int)index - 1], _sizeSink);
        }

        private ValueTask<GetChild?> Open(long index, Hash hash, IBlobSink sink)
        {
            _pending = index;
            return ValueTask.FromResult<GetChild?>(new GetChild(hash, attempt.Watch(sink)));
        }

        // The previous blob has ended when the next one is asked for.
        private void Finish()
        {
            if (_pending >= 2)
                Sizes.Add(_sizeSink.Size);
            _pending = -1;
        }

        private HashSequence Sequence() => HashSequence.TryParse(_sequenceSink.Content, HashSequence.DefaultLimit, out var sequence, out var reason)
            ? sequence
            : throw new VerificationException(ErrorCodes.ContentRefused, $"The share can't be received: {reason}");

        private Collection Decode(HashSequence sequence) => Collection.TryDecode(sequence, _metadataSink!.Content, out var collection, out var reason)
            ? collection
            : throw new VerificationException(ErrorCodes.ContentRefused, $"The share can't be received: {reason}");
    }
}
