using AltSendme.Quic.Paths;

namespace AltSendme.Quic.Recovery;

/// <summary>
/// Packets that were declared lost not long ago, in ascending order, so that a late acknowledgement is noticed although their place in the ring is gone. Bounded in time by <see cref="Expire"/> and in
/// number by <see cref="Limits.RememberedLosses"/>; beyond, the oldest are forgotten.
/// </summary>
internal sealed class LostPacketLog
{
    private const int FirstCapacity = 32;

    private Entry[] _entries = [];
    private int _count;

    /// <summary>Whether nothing is remembered.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Lowest number remembered; there must be one.</summary>
    public ulong First => _entries[0].Number;

    /// <summary>Remembers a packet. Numbers come in ascending order; one that does not, after a change of paths, is not remembered.</summary>
    public void Add(ulong number, in SentPacket packet, Instant now)
    {
        if (_count > 0 && number <= _entries[_count - 1].Number)
            return;
        if (_count == Limits.RememberedLosses)
            RemoveAt(0, _count / 2);
        if (_count == _entries.Length)
            Array.Resize(ref _entries, Math.Max(FirstCapacity, _count * 2));
        _entries[_count++] = new Entry(number, packet.Time, now, packet.Path);
    }

    /// <summary>Forgets what was lost long ago: such a packet will not come any more, or too late to matter.</summary>
    public void Expire(Instant now)
    {
        var old = 0;
        while (old < _count && _entries[old].LostAt + _entries[old].Path.LateArrivalWindow <= now)
            old++;
        RemoveAt(0, old);
    }

    /// <summary>Takes a packet out that is within an acknowledged range; false when there is none.</summary>
    public bool TryTake(NumberRange acknowledged, out Entry late)
    {
        var index = LowestFrom(acknowledged.Start);
        if (index == _count || _entries[index].Number >= acknowledged.End)
        {
            late = default;
            return false;
        }

        late = _entries[index];
        RemoveAt(index, 1);
        return true;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => RemoveAt(0, _count);

    private int LowestFrom(ulong number)
    {
        var low = 0;
        var high = _count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_entries[middle].Number < number)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private void RemoveAt(int index, int count)
    {
        if (count == 0)
            return;
        _entries.AsSpan(index + count, _count - index - count).CopyTo(_entries.AsSpan(index));
        _count -= count;
        _entries.AsSpan(_count, count).Clear();
    }

    /// <summary>A packet that was declared lost.</summary>
    /// <param name="Number">Its number.</param>
    /// <param name="SentAt">When it was sent.</param>
    /// <param name="LostAt">When it was declared lost.</param>
    /// <param name="Path">The path that it took.</param>
    internal readonly record struct Entry(ulong Number, Instant SentAt, Instant LostAt, Path Path);
}
