using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Protocol.Requests;
using AltSendme.Blobs.Stores.Partial;

namespace AltSendme.Core.Receiving;

/// <summary>A part of what is missing, small enough to be given to one sender: a run of one file, or several small files.</summary>
internal sealed class Piece(IReadOnlyList<(ContentFile File, PartialFile Store, ChunkRanges Ranges)> parts) : IDisposable
{
    private readonly CancellationTokenSource _done = new();

    /// <summary>Who fetches it at the moment. Guarded by the queue.</summary>
    public List<object> Owners { get; } = [];

    /// <summary>Whether somebody was given it before, so that some of it may be there. Guarded by the queue.</summary>
    public bool WasTaken { get; set; }

    /// <summary>Cancelled when all of it is there, which ends what others still fetch of it.</summary>
    public CancellationToken Done => _done.Token;

    public bool IsDone => _done.IsCancellationRequested;

    public void Finish() => _done.Cancel();

    /// <summary>The files of which it has something, by their index in the share.</summary>
    public Dictionary<long, (ContentFile File, PartialFile Store)> FilesByIndex() => parts.ToDictionary(static part => part.File.Index, static part => (part.File, part.Store));

    /// <summary>What is to be asked for.</summary>
    /// <param name="isAgain">Whether to look for what is there already.</param>
    public IReadOnlyList<WantedBlob> Wanted(bool isAgain)
    {
        var wanted = new List<WantedBlob>(parts.Count);
        foreach (var (file, store, ranges) in parts)
        {
            var missing = isAgain ? ranges.Intersect(store.Missing) : ranges;
            if (!missing.IsEmpty)
                wanted.Add(new WantedBlob((ulong)file.Index, missing));
        }

        return wanted;
    }

    public void Dispose() => _done.Dispose();
}
