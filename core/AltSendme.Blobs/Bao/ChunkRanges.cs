using System.Diagnostics.CodeAnalysis;

namespace AltSendme.Blobs.Bao;

/// <summary>
/// A set of chunk numbers, kept as the boundaries at which membership changes: ascending, the first one begins a range, the next one ends it, and so on.
/// An odd number of boundaries means that the last range has no end. Immutable; what a request asks for and what a store has are both of this type.
/// </summary>
public sealed class ChunkRanges : IEquatable<ChunkRanges>
{
    private readonly ulong[] _boundaries;

    private ChunkRanges(ulong[] boundaries) => _boundaries = boundaries;

    /// <summary>No chunk.</summary>
    public static ChunkRanges Empty { get; } = new([]);

    /// <summary>Every chunk, however many there are.</summary>
    public static ChunkRanges All { get; } = new([0]);

    /// <summary>The last chunk, whichever it is: what lies beyond a blob's end stands for its last chunk. Its answer proves the blob's size.</summary>
    public static ChunkRanges LastChunk { get; } = new([ulong.MaxValue]);

    /// <summary>Whether no chunk is in the set.</summary>
    public bool IsEmpty => _boundaries.Length == 0;

    /// <summary>Whether every chunk is in the set.</summary>
    public bool IsAll => _boundaries is [0];

    /// <summary>Number of ranges, none of which touches another.</summary>
    public int Count => (_boundaries.Length + 1) / 2;

    /// <summary>The chunk numbers at which membership changes, ascending.</summary>
    public ReadOnlySpan<ulong> Boundaries => _boundaries;

    /// <summary>The chunks from <paramref name="start"/> up to, but without, <paramref name="end"/>; without end where that is <see langword="null"/>.</summary>
    public static ChunkRanges From(ulong start, ulong? end = null) => end switch
    {
        null => start == 0 ? All : new([start]),
        { } last => last > start ? new([start, last]) : Empty,
    };

    /// <summary>The chunks that hold the <paramref name="count"/> bytes from <paramref name="offset"/> on.</summary>
    public static ChunkRanges FromBytes(long offset, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count == 0)
            return Empty;
        var end = checked((ulong)offset + (ulong)count);
        return From((ulong)offset / TreeGeometry.ChunkSize, (end + TreeGeometry.ChunkSize - 1) / TreeGeometry.ChunkSize);
    }

    /// <summary>Takes boundaries as <see cref="Boundaries"/> gives them.</summary>
    /// <returns><see langword="false"/> when they do not ascend.</returns>
    public static bool TryFromBoundaries(ReadOnlySpan<ulong> boundaries, [NotNullWhen(true)] out ChunkRanges? ranges)
    {
        ranges = null;
        for (var i = 1; i < boundaries.Length; i++)
        {
            if (boundaries[i] <= boundaries[i - 1])
                return false;
        }

        ranges = Of(boundaries);
        return true;
    }

    /// <summary>Whether <paramref name="chunk"/> is in the set.</summary>
    public bool Contains(ulong chunk) => (UpperBound(chunk) & 1) == 1;

    /// <summary>Whether any chunk from <paramref name="start"/> up to, but without, <paramref name="end"/> is in the set.</summary>
    public bool Intersects(ulong start, ulong end)
    {
        if (start >= end)
            return false;
        var next = UpperBound(start);
        return (next & 1) == 1 || (next < _boundaries.Length && _boundaries[next] < end);
    }

    /// <summary>Whether all chunks from <paramref name="start"/> up to, but without, <paramref name="end"/> are in the set.</summary>
    public bool ContainsAll(ulong start, ulong end)
    {
        if (start >= end)
            return true;
        var next = UpperBound(start);
        return (next & 1) == 1 && (next == _boundaries.Length || _boundaries[next] >= end);
    }

    /// <summary>The part from <paramref name="start"/> up to, but without, <paramref name="end"/>. Takes no longer than that part has ranges, however many the set has.</summary>
    public ChunkRanges Within(ulong start, ulong end)
    {
        if (start >= end)
            return Empty;
        var from = UpperBound(start);
        var to = UpperBound(end - 1);
        var begins = (from & 1) == 1;
        var ends = (to & 1) == 1;
        var part = new ulong[to - from + (begins ? 1 : 0) + (ends ? 1 : 0)];
        _boundaries.AsSpan(from, to - from).CopyTo(part.AsSpan(begins ? 1 : 0));
        if (begins)
            part[0] = start;
        if (ends)
            part[^1] = end;
        return Of(part);
    }

    /// <summary>What is in either set.</summary>
    public ChunkRanges Union(ChunkRanges other) => Combine(other, static (left, right) => left || right);

    /// <summary>What is in both sets.</summary>
    public ChunkRanges Intersect(ChunkRanges other) => Combine(other, static (left, right) => left && right);

    /// <summary>What is in this set and not in <paramref name="other"/>.</summary>
    public ChunkRanges Subtract(ChunkRanges other) => Combine(other, static (left, right) => left && !right);

    /// <summary>
    /// What the set means for a blob of <paramref name="size"/> bytes: only chunks that exist, and the last one where anything beyond it was in the set.
    /// An empty blob has one (empty) chunk.
    /// </summary>
    public ChunkRanges ForSize(long size)
    {
        var chunks = TreeGeometry.ChunkCountOf(size);
        if (_boundaries.Length == 0 || _boundaries[^1] <= chunks - 1 && (_boundaries.Length & 1) == 0)
            return this;
        return Union(From(chunks - 1)).Intersect(From(0, chunks));
    }

    /// <summary>Bytes of a blob of <paramref name="size"/> bytes that the set covers.</summary>
    public long ByteCount(long size)
    {
        var bytes = 0L;
        foreach (var (start, end) in ForSize(size))
            bytes += Math.Min(size, (long)(end ?? TreeGeometry.ChunkCountOf(size)) * TreeGeometry.ChunkSize) - (long)start * TreeGeometry.ChunkSize;
        return bytes;
    }

    /// <summary>The ranges in ascending order.</summary>
    public Enumerator GetEnumerator() => new(_boundaries);

    /// <inheritdoc/>
    public bool Equals(ChunkRanges? other) => other is not null && _boundaries.AsSpan().SequenceEqual(other._boundaries);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ChunkRanges);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var code = default(HashCode);
        foreach (var boundary in _boundaries)
            code.Add(boundary);
        return code.ToHashCode();
    }

    /// <summary>For logs: <c>0..16, 100..</c>.</summary>
    public override string ToString()
    {
        var text = new System.Text.StringBuilder();
        foreach (var (start, end) in this)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{(text.Length > 0 ? ", " : "")}{start}..{end}");
        return text.Length > 0 ? text.ToString() : "none";
    }

    /// <summary>Number of boundaries at or below <paramref name="chunk"/>: odd when it is in the set.</summary>
    private int UpperBound(ulong chunk)
    {
        var index = _boundaries.AsSpan().BinarySearch(chunk);
        return index >= 0 ? index + 1 : ~index;
    }

    private static ChunkRanges Of(ReadOnlySpan<ulong> boundaries) => boundaries switch
    {
        [] => Empty,
        [0] => All,
        _ => new(boundaries.ToArray()),
    };

    /// <summary>Sweeps over both sets' boundaries and keeps those at which the combined membership changes.</summary>
    private ChunkRanges Combine(ChunkRanges other, Func<bool, bool, bool> isIn)
    {
        ReadOnlySpan<ulong> left = _boundaries, right = other._boundaries;
        var result = new ulong[left.Length + right.Length];
        int count = 0, l = 0, r = 0;
        while (l < left.Length || r < right.Length)
        {
            var at = l == left.Length ? right[r] : r == right.Length ? left[l] : Math.Min(left[l], right[r]);
            if (l < left.Length && left[l] == at)
                l++;
            if (r < right.Length && right[r] == at)
                r++;
            if (isIn((l & 1) == 1, (r & 1) == 1) != ((count & 1) == 1))
                result[count++] = at;
        }

        return Of(result.AsSpan(0, count));
    }

    /// <summary>Walks the ranges without allocating.</summary>
    public ref struct Enumerator
    {
        private readonly ReadOnlySpan<ulong> _boundaries;
        private int _next;

        internal Enumerator(ReadOnlySpan<ulong> boundaries) => _boundaries = boundaries;

        /// <summary>The range that the enumerator stands at.</summary>
        public ChunkRange Current { get; private set; }

        /// <summary>Goes to the next range.</summary>
        public bool MoveNext()
        {
            if (_next >= _boundaries.Length)
                return false;
            Current = new ChunkRange(_boundaries[_next], _next + 1 < _boundaries.Length ? _boundaries[_next + 1] : null);
            _next += 2;
            return true;
        }
    }
}
