using System.Numerics;
using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Stores.Partial;

namespace AltSendme.Core.Receiving;

/// <summary>
/// What is missing, in pieces, for several senders: whoever is done with one takes the next, so that the faster get more. When none is left, pieces that others are slow with are given out once
/// more; whatever arrives first counts.
/// </summary>
internal sealed class PieceQueue : IDisposable
{
    private const long MinBytes = 256 * 1024;
    private const long MaxBytes = 8 * 1024 * 1024;

    /// <summary>Pieces for each sender at least, where there is enough: a slow one then holds the end up by little.</summary>
    private const int PiecesPerSender = 8;

    /// <summary>Keeps a request far below the 1 MiB that it may have.</summary>
    private const int MaxFiles = 4096;

    private readonly Lock _gate = new();
    private readonly Queue<Piece> _free = new();
    private readonly List<Piece> _taken = [];
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PieceQueue(IReadOnlyList<(ContentFile File, PartialFile Store)> files, int senders)
    {
        var missing = files.Sum(static file => file.Store.Size - file.Store.VerifiedBytes);
        var wanted = Math.Clamp(missing / (senders * PiecesPerSender), MinBytes, MaxBytes);
        Cut(files, (long)BitOperations.RoundUpToPowerOf2((ulong)wanted));
        if (_free.Count == 0)
            _completed.SetResult();
    }

    /// <summary>Completes when every piece is there.</summary>
    public Task Completed => _completed.Task;

    /// <summary>The next piece for <paramref name="owner"/>; waits while there is none that it is not fetching already. <see langword="null"/> once all are there.</summary>
    public async Task<(Piece Piece, bool IsAgain)?> TakeAsync(object owner, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_completed.Task.IsCompleted)
                    return null;
                if (Next(owner) is { } piece)
                {
                    var isAgain = piece.WasTaken;
                    piece.WasTaken = true;
                    piece.Owners.Add(owner);
                    return (piece, isAgain);
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>All of a piece has arrived.</summary>
    public void Finish(Piece piece)
    {
        lock (_gate)
        {
            if (_taken.Remove(piece) && _taken.Count == 0 && _free.Count == 0)
                _completed.TrySetResult();
            Change();
        }

        // Outside the gate: whoever else fetches it learns of it at once, and comes back here.
        piece.Finish();
    }

    /// <summary>A piece is not fetched by <paramref name="owner"/> any more.</summary>
    public void Return(Piece piece, object owner)
    {
        lock (_gate)
        {
            piece.Owners.Remove(owner);
            if (piece.Owners.Count == 0 && _taken.Remove(piece))
                _free.Enqueue(piece);
            Change();
        }
    }

    public void Dispose()
    {
        foreach (var piece in _free.Concat(_taken))
            piece.Dispose();
    }

    private Piece? Next(object owner)
    {
        if (_free.TryDequeue(out var piece))
        {
            _taken.Add(piece);
            return piece;
        }

        // Few are under way at any time, so that looking at all of them costs nothing.
        return _taken.Where(taken => !taken.Owners.Contains(owner)).MinBy(static taken => taken.Owners.Count);
    }

    private void Change()
    {
        _changed.TrySetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private void Cut(IReadOnlyList<(ContentFile File, PartialFile Store)> files, long pieceBytes)
    {
        var small = new List<(ContentFile, PartialFile, ChunkRanges)>();
        var smallBytes = 0L;
        foreach (var (file, store) in files)
        {
            var missing = store.Missing;
            if (missing.IsEmpty)
                continue;
            if (file.Size > pieceBytes)
            {
                foreach (var ranges in Split(missing, file.Size, pieceBytes))
                    _free.Enqueue(new Piece([(file, store, ranges)]));
                continue;
            }

            small.Add((file, store, missing));
            smallBytes += file.Size;
            if (smallBytes >= pieceBytes || small.Count == MaxFiles)
                Close();
        }

        Close();

        void Close()
        {
            if (small.Count > 0)
                _free.Enqueue(new Piece([.. small]));
            small.Clear();
            smallBytes = 0;
        }
    }

    // At multiples of the piece's size, so that pieces are whole subtrees and share few parents.
    private static IEnumerable<ChunkRanges> Split(ChunkRanges missing, long size, long pieceBytes)
    {
        var step = (ulong)(pieceBytes / TreeGeometry.ChunkSize);
        var chunks = TreeGeometry.ChunkCountOf(size);
        for (var start = 0UL; start < chunks; start += step)
        {
            var ranges = missing.Within(start, Math.Min(start + step, chunks));
            if (!ranges.IsEmpty)
                yield return ranges;
        }
    }
}
