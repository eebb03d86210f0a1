using System.Collections;
using AltSendme.Blobs.Bao;

namespace AltSendme.Core.Sending;

/// <summary>
/// What one receiver has been sent of a share, over all its connections: the union of chunk ranges, content by content. Programs of iroh do not say when they have everything; they close in good order,
/// and this tells whether that can mean the end. Memory is a bit a content and a bounded number of ranges. May be used from any thread.
/// </summary>
internal sealed class ServedContent(ContentIndex index)
{
    /// <summary>Boundaries of ranges that are kept at most; a receiver that asks for more crumbs than that has to say itself when it is done.</summary>
    public const int MaxBoundaries = 50_000;

    // Requests of one receiver are answered side by side.
    private readonly Lock _gate = new();
    private readonly BitArray _whole = new(index.Count);
    private readonly Dictionary<int, ChunkRanges> _parts = [];
    private int _wholeCount;
    private int _boundaries;
    private bool _hasList;
    private bool _hasNames;

    /// <summary>Whether all content went out; of a share without a byte of content, whether the list did.</summary>
    public bool IsWhole
    {
        get
        {
            lock (_gate)
                return _wholeCount == index.Count - index.Empty && (_wholeCount > 0 || (_hasList && _hasNames));
        }
    }

    /// <summary>The hash sequence went out.</summary>
    public void AddList()
    {
        lock (_gate)
            _hasList = true;
    }

    /// <summary>The names went out.</summary>
    public void AddNames()
    {
        lock (_gate)
            _hasNames = true;
    }

    /// <summary>Part of a content went out.</summary>
    /// <param name="number">Which, as <see cref="ContentIndex"/> counts.</param>
    /// <param name="size">Its bytes.</param>
    /// <param name="ranges">What went out; chunks that do not exist are ignored.</param>
    public void Add(int number, long size, ChunkRanges ranges)
    {
        if (size == 0 || ranges.IsEmpty)
            return;
        lock (_gate)
        {
            if (_whole[number])
                return;
            var before = _parts.GetValueOrDefault(number, ChunkRanges.Empty);
            var after = before.Union(ranges);
            if (after.ContainsAll(0, TreeGeometry.ChunkCountOf(size)))
            {
                _whole[number] = true;
                _wholeCount++;
                _parts.Remove(number);
                _boundaries -= before.Boundaries.Length;
            }
            else if (_boundaries - before.Boundaries.Length + after.Boundaries.Length <= MaxBoundaries)
            {
                _parts[number] = after;
                _boundaries += after.Boundaries.Length - before.Boundaries.Length;
            }
        }
    }
}
