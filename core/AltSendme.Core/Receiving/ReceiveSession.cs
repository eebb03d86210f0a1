using AltSendme.Abstractions;
using AltSendme.Blobs.Protocol;
using AltSendme.Blobs.Protocol.Requests;
using AltSendme.Blobs.Stores;
using AltSendme.Core.Errors;
using AltSendme.Core.Identity;
using AltSendme.Core.Paths;
using AltSendme.Core.Policy;
using AltSendme.Core.Previews;
using AltSendme.Core.Progress;
using AltSendme.Core.Settings.Schema;
using AltSendme.Core.Tickets;

namespace AltSendme.Core.Receiving;

/// <summary>
/// Receives one share: connects, shows what there is, asks, fetches what is missing, verifies each byte before it is written, moves the files into place and tells the sender.
/// Run it once. However it ends, what was verified stays beside the destination, and the next session for the same ticket goes on from there.
/// </summary>
public sealed class ReceiveSession(CoreServices services, ReceiveRequest request, IProgress<TransferEvent> progress)
{
    /// <summary>How much longer than the list of files the sender's preview may take.</summary>
    private static readonly TimeSpan PreviewGrace = TimeSpan.FromMilliseconds(500);

    private readonly TimeProvider _timeProvider = services.TimeProvider;
    private long _started;
    private volatile ShareContents? _contents;

    /// <summary>Receives into the request's folder.</summary>
    /// <exception cref="AltSendmeException">It could not be received; the type says whose fault it is, the message what to do.</exception>
    public async Task<ReceiveCompleted> RunAsync(CancellationToken cancellationToken = default)
    {
        services.Policy.JudgeDestination(request.Destination).ThrowIfDenied();
        var destination = new Destination(request.Destination);
        const string Afterwards = "What was verified stays; the same command goes on from there.";
        return await WithSendersAsync(destination.Rules(), Afterwards, (pool, contents, token) => IntoFolderAsync(pool, contents, destination, token), request.Destination, cancellationToken);
    }

    /// <summary>Receives a share of exactly one file into a stream. Each byte is verified before it is written; a lost connection is taken up again, but nothing is left for another run.</summary>
    /// <exception cref="AltSendmeException">It could not be received.</exception>
    public Task RunAsync(Stream output, CancellationToken cancellationToken = default) =>
        WithSendersAsync(new NameRules(OperatingSystem.IsWindows(), CaseSensitive: true), "What was written was verified; another run starts from the beginning.", (pool, contents, token) => IntoStreamAsync(pool, contents, output, token), null, cancellationToken);

    private async Task<ReceiveCompleted> WithSendersAsync(
        NameRules rules, string afterwards, Func<SenderPool, ShareContents, CancellationToken, Task<ReceiveCompleted>> receive, string? folder, CancellationToken cancellationToken)
    {
        services.Policy.JudgeDestination(folder).ThrowIfDenied();
        LockedSettings.Judge(services, (SettingKeys.ReceiveConflict, request.Conflict.ToString())).ThrowIfDenied();
        var tickets = SameContent.Of([request.Ticket, .. request.MoreTickets], _timeProvider);
        using var key = EndpointKey.Generate();
        await using var session = await EndpointSession.OpenAsync(key, services, RelayUse.Receiving, progress, cancellationToken);
        return await PolicyGuard.RunAsync(services.Policy, () => Judge(session, folder), token => ReceiveAsync(session, tickets, rules, afterwards, receive, token), cancellationToken);
    }

    /// <summary>What policy says now to the transfer as it is.</summary>
    private PolicyVerdict Judge(EndpointSession session, string? folder)
    {
        PolicyVerdict[] verdicts = [services.Policy.JudgeDestination(folder), LockedSettings.Judge(services), session.Judge(), _contents is { } contents ? JudgeContent(contents) : PolicyVerdict.Allowed];
        return verdicts.FirstOrDefault(static verdict => !verdict.IsAllowed);
    }

    private PolicyVerdict JudgeContent(ShareContents contents) => services.Policy.JudgeContent(contents.Files.Select(static file => file.Path), contents.Bytes);

    private async Task<ReceiveCompleted> ReceiveAsync(
        EndpointSession session, IReadOnlyList<BlobTicket> tickets, NameRules rules, string afterwards, Func<SenderPool, ShareContents, CancellationToken, Task<ReceiveCompleted>> receive, CancellationToken cancellationToken)
    {
        var retry = new RetryRules(request.RetryFor, request.StallAfter, afterwards);
        await using var pool = new SenderPool([.. tickets.Select(ticket => new SenderLink(session, ticket, retry, _timeProvider, progress))], afterwards, _timeProvider, progress);
        try
        {
            var contents = await ListAsync(session, pool, rules, cancellationToken);
            JudgeContent(contents).ThrowIfDenied();
            _contents = contents;
            var result = await receive(pool, contents, cancellationToken);
            if (result.Files > 0)
                await pool.CloseAsync(TransferCloseCodes.Verified, "verified");
            else
                await pool.CloseAsync(TransferCloseCodes.Done, "nothing wanted");
            return result;
        }
        catch (Exception exception) when (exception is OperationCanceledException or AltSendmeException)
        {
            await pool.CloseAsync(TransferCloseCodes.Stopped, "stopped");
            throw;
        }
    }

    private async Task<ShareContents> ListAsync(EndpointSession session, SenderPool pool, NameRules rules, CancellationToken cancellationToken)
    {
        // The preview is asked for beside the list and never instead of it: whoever agrees, agrees to what the root proves.
        using var listing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var hint = request.AskForPreview ? HintAsync(session, pool.First, listing.Token) : Task.FromResult<SharePreview?>(null);
        try
        {
            ShareContents? contents = null;
            var lister = new ShareLister(request.Ticket, rules, progress);
            await pool.RunFirstAsync(
                async (attempt, token) =>
                {
                    var listed = await lister.ListAsync(attempt, token);
                    Interlocked.CompareExchange(ref contents, listed, null);
                },
                cancellationToken);
            if (await InTimeAsync(hint, listing) is { } preview && preview.Bytes != contents!.Bytes)
                progress.Report(new PreviewDiffers(request.Ticket.Endpoint.ToShortString(), preview.Bytes, contents.Bytes));
            return contents!;
        }
        catch
        {
            await listing.CancelAsync();
            await ((Task)hint).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    // What the root proves is known by now: a sender without previews must not keep the user waiting until the last of its addresses has failed.
    private async Task<SharePreview?> InTimeAsync(Task<SharePreview?> hint, CancellationTokenSource listing)
    {
        await Task.WhenAny(hint, Task.Delay(PreviewGrace, _timeProvider, listing.Token));
        var isLate = !hint.IsCompleted;
        await listing.CancelAsync();
        await ((Task)hint).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return isLate ? null : await hint;
    }

    private async Task<SharePreview?> HintAsync(EndpointSession session, SenderLink sender, CancellationToken cancellationToken)
    {
        var preview = await PreviewFetcher.FetchAsync(token => session.DialAsync(request.Ticket.Endpoint, request.Ticket.ToCandidates(), Alpn.Metadata, null, token), _timeProvider, cancellationToken);
        if (preview is null)
            return null;
        sender.Learn(preview.OtherAddresses);
        progress.Report(new SenderPreviewed(request.Ticket.Endpoint.ToShortString(), preview));
        return preview;
    }

    private async Task<ReceiveCompleted> IntoFolderAsync(SenderPool pool, ShareContents contents, Destination destination, CancellationToken cancellationToken)
    {
        // What an earlier run left is looked at before the question, which then can say how much is missing; otherwise nothing is made before the answer.
        var root = request.Ticket.Root;
        var wanted = request.Conflict == ConflictRule.Skip ? [.. contents.Files.Where(file => !Placement.IsTaken(destination.Folder, file.Path))] : contents.Files;
        using var resumed = wanted.Count > 0 && destination.HasStore(root) ? destination.OpenStore(root) : null;
        var found = resumed is null ? null : await Destination.AddFilesAsync(resumed, wanted, cancellationToken);
        await ConsentAsync(contents, found?.Sum(static file => file.Store.VerifiedBytes) ?? 0, cancellationToken);
        if (wanted.Count == 0)
            return Completed([], wanted, 0);

        using var store = resumed ?? destination.OpenStore(root);
        var fetcher = new ContentFetcher(root, found ?? await Destination.AddFilesAsync(store, wanted, cancellationToken));
        var present = fetcher.VerifiedBytes;
        var total = wanted.Sum(static file => file.Size);
        DiskPreflight.Check(destination.Folder, total - present);

        await using (Pump(total, () => fetcher.VerifiedBytes))
        {
            if (pool.Count > 1)
                await fetcher.FetchAsync(pool, cancellationToken);
            else
                await pool.RunInTurnAsync(fetcher.FetchAsync, () => fetcher.VerifiedBytes, cancellationToken);
        }

        store.RemoveUnclaimed();
        var paths = Placement.MoveAll(store.StagingDirectory, destination.Folder, request.Conflict);
        store.Discard();
        return Completed(paths, wanted, total - present);
    }

    private async Task<ReceiveCompleted> IntoStreamAsync(SenderPool pool, ShareContents contents, Stream output, CancellationToken cancellationToken)
    {
        if (contents.Files is not [var file])
            throw new StorageException(ErrorCodes.DestinationNotFolder, $"The share has {contents.Files.Count} files, and only a single one can be written to a stream. Receive into a folder instead.");
        await ConsentAsync(contents, 0, cancellationToken);

        // In order, so from one sender at a time.
        using var sink = new StreamSink(output, file.Hash, file.Size, cancellationToken);
        await using (Pump(file.Size, () => sink.Position))
        {
            await pool.RunInTurnAsync(
                (attempt, token) =>
                {
                    var ranges = ChunkRangesSequence.OfBlobs([new WantedBlob((ulong)file.Index, sink.Missing)]);
                    return attempt.FetchAsync(new GetRequest(request.Ticket.Root, ranges), new SingleTarget(file, attempt.Watch(sink)), () => file.Path, token);
                },
                () => sink.Position,
                cancellationToken);
        }

        return Completed([], contents.Files, file.Size);
    }

    private async Task ConsentAsync(ShareContents contents, long presentBytes, CancellationToken cancellationToken)
    {
        var preview = new PreviewReady([.. contents.Files.Select(static file => new PreviewFile(file.Path, file.Size))], contents.Bytes, presentBytes);
        progress.Report(preview);
        if (!await request.Consent(preview, cancellationToken))
            throw new TransferAbortedException(ErrorCodes.Declined, "Not received, as you said.");

        // The time that a person took to answer is not the transfer's.
        _started = _timeProvider.GetTimestamp();
    }

    private ProgressPump Pump(long total, Func<long> verified)
    {
        var rate = new RateMeter(_timeProvider);
        return new ProgressPump(_timeProvider, () =>
        {
            var bytes = verified();
            var perSecond = rate.Sample(bytes);
            progress.Report(new ReceiveProgressed(bytes, total, perSecond, perSecond > 1 ? TimeSpan.FromSeconds((total - bytes) / perSecond) : null));
        });
    }

    private ReceiveCompleted Completed(IReadOnlyList<string> paths, IReadOnlyList<ContentFile> files, long fetched)
    {
        var completed = new ReceiveCompleted(paths, files.Count, files.Sum(static file => file.Size), fetched, _timeProvider.GetElapsedTime(_started));
        progress.Report(completed);
        return completed;
    }

    private sealed class SingleTarget(ContentFile file, IBlobSink sink) : IGetTarget
    {
        public ValueTask<GetChild?> OpenAsync(long index, CancellationToken cancellationToken) => ValueTask.FromResult<GetChild?>(new GetChild(file.Hash, sink));
    }
}
