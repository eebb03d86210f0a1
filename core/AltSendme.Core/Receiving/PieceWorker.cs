using AltSendme.Blobs;
using AltSendme.Blobs.Protocol;
using AltSendme.Blobs.Protocol.Requests;
using AltSendme.Blobs.Stores;
using AltSendme.Blobs.Stores.Partial;

namespace AltSendme.Core.Receiving;

/// <summary>Fetches pieces over one connection, two at a time so that the way to the sender is never idle, until the queue is done or the sender fails.</summary>
internal sealed class PieceWorker(Hash root, PieceQueue queue, LinkAttempt attempt, Action<long> onVerifiedBytes)
{
    private const int Lanes = 2;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Cancelled by the caller, or by us when one lane has failed: the sender is what they have in common.
        using var lanes = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = Enumerable.Range(0, Lanes).Select(_ => LaneAsync(lanes.Token)).ToArray();
        var first = await Task.WhenAny(running);
        if (!first.IsCompletedSuccessfully)
            await lanes.CancelAsync();
        foreach (var lane in running)
            await lane.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
        await Task.WhenAll(running);
    }

    private async Task LaneAsync(CancellationToken cancellationToken)
    {
        while (await queue.TakeAsync(this, cancellationToken) is var (piece, isAgain))
        {
            try
            {
                await FetchAsync(piece, isAgain, cancellationToken);
            }
            finally
            {
                queue.Return(piece, this);
            }
        }
    }

    private async Task FetchAsync(Piece piece, bool isAgain, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, piece.Done);
        try
        {
            var wanted = piece.Wanted(isAgain);
            if (wanted.Count > 0)
            {
                var target = new Target(this, piece);
                await attempt.FetchAsync(new GetRequest(root, ChunkRangesSequence.OfBlobs(wanted)), target, () => target.Current, either.Token);
            }

            queue.Finish(piece);
        }
        catch (OperationCanceledException) when (piece.IsDone && !cancellationToken.IsCancellationRequested)
        {
            // Another sender was faster.
        }
    }

    private IBlobSink SinkOf(PartialFile store) => attempt.Watch(store.CreateSink(onVerifiedBytes));

    private sealed class Target(PieceWorker worker, Piece piece) : IGetTarget
    {
        private readonly Dictionary<long, (ContentFile File, PartialFile Store)> _files = piece.FilesByIndex();

        public string Current { get; private set; } = "the files";

        public ValueTask<GetChild?> OpenAsync(long index, CancellationToken cancellationToken)
        {
            var (file, store) = _files[index];
            Current = file.Path;
            return ValueTask.FromResult<GetChild?>(new GetChild(file.Hash, worker.SinkOf(store)));
        }
    }
}
