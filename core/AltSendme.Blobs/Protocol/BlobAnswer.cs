using System.IO.Pipelines;
using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Protocol.Requests;
using AltSendme.Blobs.Stores;

namespace AltSendme.Blobs.Protocol;

/// <summary>Writes the answer to one request.</summary>
internal sealed class BlobAnswer(IBlobSource blobs, PipeWriter output, IServeObserver? observer)
{
    private readonly RangeEncoder _encoder = new(output, observer is null ? null : observer.OnContentSent);

    /// <summary>A blob, or a hash sequence and its children.</summary>
    public async Task<ServeOutcome> GetAsync(GetRequest request, CancellationToken cancellationToken)
    {
        observer?.OnRequest(RequestKind.Get, request.Hash);
        if (!blobs.TryFind(request.Hash, out var root))
            return ServeOutcome.NotFound;
        if (request.Ranges.HasChildren && root.Size % Hash.Length != 0)
            return ServeOutcome.NotUnderstood;

        using var children = new HashSequenceReader(root);
        foreach (var wanted in request.Ranges)
        {
            var blob = root;
            if (wanted.Index > 0)
            {
                if (await children.ReadAsync(wanted.Index - 1, cancellationToken) is not { } hash)
                    break;
                if (!blobs.TryFind(hash, out blob))
                    return ServeOutcome.NotFound;
            }

            if (!await SendAsync(wanted, blob, cancellationToken))
                return ServeOutcome.Abandoned;
        }

        return await EndAsync(cancellationToken);
    }

    /// <summary>Several blobs, one after the other.</summary>
    public async Task<ServeOutcome> GetManyAsync(GetManyRequest request, CancellationToken cancellationToken)
    {
        observer?.OnRequest(RequestKind.GetMany, default);
        foreach (var wanted in request.Ranges)
        {
            if (wanted.Index >= (ulong)request.Hashes.Count)
                break;
            if (!blobs.TryFind(request.Hashes[(int)wanted.Index], out var blob))
                return ServeOutcome.NotFound;
            if (!await SendAsync(wanted, blob, cancellationToken))
                return ServeOutcome.Abandoned;
        }

        return await EndAsync(cancellationToken);
    }

    /// <summary>What is there of a blob: all or nothing, since what is shared is complete. iroh keeps such a stream open for news; here there will be none, so it ends.</summary>
    public async Task<ServeOutcome> ObserveAsync(ObserveRequest request, CancellationToken cancellationToken)
    {
        observer?.OnRequest(RequestKind.Observe, request.Hash);
        var item = blobs.TryFind(request.Hash, out var blob) ? new ObserveItem(blob.Size, ChunkRanges.All) : new ObserveItem(0, ChunkRanges.Empty);
        await output.WriteAsync(item.Encode(), cancellationToken);
        return ServeOutcome.Completed;
    }

    private async ValueTask<bool> SendAsync(WantedBlob wanted, IBlob blob, CancellationToken cancellationToken)
    {
        observer?.OnBlobBegun(wanted.Index, blob.Hash, blob.Size, wanted.Ranges);
        if (!await _encoder.WriteAsync(blob, wanted.Ranges, cancellationToken))
            return false;
        observer?.OnBlobFinished(wanted.Index, blob.Hash, wanted.Ranges.ContainsAll(0, TreeGeometry.ChunkCountOf(blob.Size)));
        return true;
    }

    private async ValueTask<ServeOutcome> EndAsync(CancellationToken cancellationToken) =>
        await _encoder.FlushAsync(cancellationToken) ? ServeOutcome.Completed : ServeOutcome.Abandoned;
}
