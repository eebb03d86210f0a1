using System.Diagnostics.CodeAnalysis;
using AltSendme.Blobs.Bao;
using AltSendme.Primitives.Encoding;

namespace AltSendme.Blobs.Protocol.Requests;

/// <summary>
/// What is wanted of each blob of a request: index 0 is the root, 1 and up are the children of the hash sequence that it is. Kept as runs: a run's ranges hold from its start until the next run
/// starts, the last one's for ever. So "everything below this hash" is a single run, however many children there are. Immutable.
/// </summary>
public sealed class ChunkRangesSequence : IEquatable<ChunkRangesSequence>
{
    private readonly Run[] _runs;

    private ChunkRangesSequence(Run[] runs) => _runs = runs;

    private readonly record struct Run(ulong Start, ChunkRanges Ranges);

    /// <summary>All of the root and of all its children.</summary>
    public static ChunkRangesSequence All { get; } = new([new(0, ChunkRanges.All)]);

    /// <summary>All of the root and nothing of its children.</summary>
    public static ChunkRangesSequence RootOnly { get; } = Single(ChunkRanges.All);

    /// <summary>Whether the last ranges are repeated for ever, so that the hash sequence's length decides where the answer ends.</summary>
    public bool IsInfinite => _runs is [.., { Ranges.IsEmpty: false }];

    /// <summary>Whether anything beyond the root is wanted, which makes the root a hash sequence.</summary>
    public bool HasChildren
    {
        get
        {
            var all = GetEnumerator();
            return all.MoveNext() && (all.Current.Index > 0 || all.MoveNext());
        }
    }

    /// <summary>What is wanted of blob <paramref name="index"/>.</summary>
    public ChunkRanges this[ulong index]
    {
        get
        {
            var ranges = ChunkRanges.Empty;
            foreach (var run in _runs)
            {
                if (run.Start > index)
                    break;
                ranges = run.Ranges;
            }

            return ranges;
        }
    }

    /// <summary>Only <paramref name="root"/> of the root.</summary>
    public static ChunkRangesSequence Single(ChunkRanges root) => Of([root], isInfinite: false);

    /// <summary>One set of ranges for each blob from the root on.</summary>
    /// <param name="ranges">What is wanted of the root, of child 0, and so on.</param>
    /// <param name="isInfinite">Whether the last ones hold for all further children; otherwise nothing is wanted of them.</param>
    public static ChunkRangesSequence Of(IEnumerable<ChunkRanges> ranges, bool isInfinite)
    {
        var runs = new List<Run>();
        var last = ChunkRanges.Empty;
        var index = 0UL;
        foreach (var next in isInfinite ? ranges : ranges.Append(ChunkRanges.Empty))
        {
            if (!next.Equals(last))
                runs.Add(new Run(index, last = next));
            index++;
        }

        return new ChunkRangesSequence([.. runs]);
    }

    /// <summary>Ranges of some blobs, and nothing of all others. Takes as long as there are such blobs, wherever they stand.</summary>
    /// <param name="blobs">The blobs, ascending.</param>
    public static ChunkRangesSequence OfBlobs(IEnumerable<WantedBlob> blobs)
    {
        ArgumentNullException.ThrowIfNull(blobs);
        var runs = new List<Run>();
        var last = ChunkRanges.Empty;
        var next = 0UL;
        foreach (var (index, ranges) in blobs)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(index, next, nameof(blobs));
            if (index > next)
                Add(next, ChunkRanges.Empty);
            Add(index, ranges);
            next = index + 1;
        }

        Add(next, ChunkRanges.Empty);
        return new ChunkRangesSequence([.. runs]);

        void Add(ulong start, ChunkRanges ranges)
        {
            if (!ranges.Equals(last))
                runs.Add(new Run(start, last = ranges));
        }
    }

    /// <summary>The blobs of which something is wanted, ascending; does not end when <see cref="IsInfinite"/>.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <inheritdoc/>
    public bool Equals(ChunkRangesSequence? other) => other is not null && _runs.AsSpan().SequenceEqual(other._runs);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ChunkRangesSequence);

    /// <inheritdoc/>
    public override int GetHashCode() => _runs.Length == 0 ? 0 : HashCode.Combine(_runs.Length, _runs[0], _runs[^1]);

    internal static bool TryRead(ref PostcardReader reader, [NotNullWhen(true)] out ChunkRangesSequence? sequence)
    {
        sequence = null;

        // A run takes two bytes at least.
        if (!reader.TryReadLength(reader.Remaining.Length / 2, out var count) || count > reader.Remaining.Length / 2)
            return false;
        var runs = new Run[count];
        var start = 0UL;
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadVarUInt64(out var delta) || delta > ulong.MaxValue - start || !RangeSpec.TryRead(ref reader, out var ranges))
                return false;
            start += delta;
            runs[i] = new Run(start, ranges);
        }

        sequence = new ChunkRangesSequence(runs);
        return true;
    }

    internal void Write(PostcardWriter writer)
    {
        writer.WriteVarUInt64((ulong)_runs.Length);
        var position = 0UL;
        foreach (var (start, ranges) in _runs)
        {
            writer.WriteVarUInt64(start - position);
            RangeSpec.Write(writer, ranges);
            position = start;
        }
    }

    /// <summary>Walks the blobs of which something is wanted; skips a run of nothing in one step, however long it is.</summary>
    public struct Enumerator
    {
        private readonly Run[] _runs;
        private int _run;
        private ulong _next;

        internal Enumerator(ChunkRangesSequence sequence) => _runs = sequence._runs;

        /// <summary>The blob that the enumerator stands at, and what is wanted of it.</summary>
        public WantedBlob Current { get; private set; }

        /// <summary>Goes to the next blob of which something is wanted.</summary>
        public bool MoveNext()
        {
            for (; _run < _runs.Length; _run++)
            {
                var (start, ranges) = _runs[_run];
                var isLast = _run == _runs.Length - 1;
                _next = Math.Max(_next, start);
                if (ranges.IsEmpty || (!isLast && _next >= _runs[_run + 1].Start) || _next == ulong.MaxValue)
                    continue;
                Current = new WantedBlob(_next++, ranges);
                return true;
            }

            return false;
        }
    }
}
