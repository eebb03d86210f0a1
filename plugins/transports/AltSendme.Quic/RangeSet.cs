namespace AltSendme.Quic;

/// <summary>A set of numbers as ascending ranges that neither touch nor overlap. Adding near the end is cheap, as packet numbers and offsets arrive; keeps its array, so steady use allocates nothing.</summary>
internal sealed class RangeSet
{
    private NumberRange[] _ranges = [];

    /// <summary>How many ranges there are.</summary>
    public int Count { get; private set; }

    /// <summary>The range at <paramref name="index"/>, lowest first.</summary>
    public NumberRange this[int index] => Ranges[index];

    /// <summary>The ranges, lowest first; valid until the next change.</summary>
    public ReadOnlySpan<NumberRange> Ranges => _ranges.AsSpan(0, Count);

    /// <summary>Whether a number is in the set.</summary>
    public bool Contains(ulong number)
    {
        var index = FirstEndingAfter(number);
        return index < Count && _ranges[index].Start <= number;
    }

    /// <summary>The lowest number from <paramref name="number"/> on that is not in the set.</summary>
    public ulong FirstMissing(ulong number)
    {
        var index = FirstEndingAfter(number);
        return index < Count && _ranges[index].Start <= number ? _ranges[index].End : number;
    }

    /// <summary>Adds [start, end) and returns how many of these numbers were new.</summary>
    public ulong Add(ulong start, ulong end)
    {
        if (start >= end)
            return 0;

        // Ranges that touch [start, end) collapse into one. The first candidate ends at or after start.
        var first = start == 0 ? 0 : FirstEndingAfter(start - 1);
        var last = first;
        var added = end - start;
        var newStart = start;
        var newEnd = end;
        while (last < Count && _ranges[last].Start <= end)
        {
            var range = _ranges[last++];
            added -= Overlap(range, start, end);
            newStart = Math.Min(newStart, range.Start);
            newEnd = Math.Max(newEnd, range.End);
        }

        ReplaceWithOne(first, last, new NumberRange(newStart, newEnd));
        return added;
    }

    /// <summary>Removes [start, end).</summary>
    public void Remove(ulong start, ulong end)
    {
        if (start >= end)
            return;
        for (var index = FirstEndingAfter(start); index < Count && _ranges[index].Start < end;)
        {
            var range = _ranges[index];
            if (range.Start < start && range.End > end)
            {
                _ranges[index] = new NumberRange(range.Start, start);
                Insert(index + 1, new NumberRange(end, range.End));
                return;
            }

            if (range.Start < start)
                _ranges[index++] = new NumberRange(range.Start, start);
            else if (range.End > end)
                _ranges[index++] = new NumberRange(end, range.End);
            else
                RemoveAt(index, 1);
        }
    }

    /// <summary>Takes the lowest range out, or at most <paramref name="limit"/> numbers of it.</summary>
    public NumberRange TakeFirst(ulong limit)
    {
        var first = _ranges[0];
        if (first.Length <= limit)
        {
            RemoveAt(0, 1);
            return first;
        }

        _ranges[0] = new NumberRange(first.Start + limit, first.End);
        return new NumberRange(first.Start, first.Start + limit);
    }

    /// <summary>Forgets the lowest <paramref name="count"/> ranges.</summary>
    public void RemoveLowest(int count) => RemoveAt(0, count);

    /// <summary>Forgets everything.</summary>
    public void Clear() => Count = 0;

    private static ulong Overlap(NumberRange range, ulong start, ulong end)
    {
        var low = Math.Max(range.Start, start);
        var high = Math.Min(range.End, end);
        return high > low ? high - low : 0;
    }

    private int FirstEndingAfter(ulong number)
    {
        if (Count == 0 || _ranges[Count - 1].End <= number)
            return Count;
        if (_ranges[Count - 1].Start <= number)
            return Count - 1;

        var low = 0;
        var high = Count - 1;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_ranges[middle].End > number)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    private void ReplaceWithOne(int first, int last, NumberRange range)
    {
        if (first == last)
        {
            Insert(first, range);
            return;
        }

        _ranges[first] = range;
        RemoveAt(first + 1, last - first - 1);
    }

    private void Insert(int index, NumberRange range)
    {
        if (Count == _ranges.Length)
            Array.Resize(ref _ranges, Math.Max(4, Count * 2));
        _ranges.AsSpan(index, Count - index).CopyTo(_ranges.AsSpan(index + 1));
        _ranges[index] = range;
        Count++;
    }

    private void RemoveAt(int index, int count)
    {
        if (count == 0)
            return;
        _ranges.AsSpan(index + count, Count - index - count).CopyTo(_ranges.AsSpan(index));
        Count -= count;
    }
}
