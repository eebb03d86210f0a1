namespace AltSendme.Quic.Driver;

/// <summary>Which connection must be called next: a binary heap in which every connection knows its place, so that moving one costs no search.</summary>
internal sealed class TimerHeap
{
    /// <summary>Place of a connection that is not in the heap.</summary>
    public const int Absent = -1;

    private QuicConnection[] _items = new QuicConnection[16];
    private int _count;

    /// <summary>When the first is due.</summary>
    public Instant Earliest => _count == 0 ? Instant.Never : _items[0].Deadline;

    /// <summary>The first, if it is due.</summary>
    public bool TryPeekDue(Instant now, out QuicConnection due)
    {
        due = _count > 0 ? _items[0] : null!;
        return _count > 0 && due.Deadline <= now;
    }

    /// <summary>Moves a connection to where its deadline puts it; <see cref="Instant.Never"/> takes it out.</summary>
    public void Set(QuicConnection connection, Instant deadline)
    {
        connection.Deadline = deadline;
        if (deadline == Instant.Never)
        {
            Remove(connection);
            return;
        }

        if (connection.HeapIndex == Absent)
        {
            if (_count == _items.Length)
                Array.Resize(ref _items, _count * 2);
            Place(connection, _count++);
        }

        Restore(connection.HeapIndex);
    }

    private void Remove(QuicConnection connection)
    {
        var index = connection.HeapIndex;
        if (index == Absent)
            return;
        connection.HeapIndex = Absent;
        var last = _items[--_count];
        _items[_count] = null!;
        if (last == connection)
            return;
        Place(last, index);
        Restore(index);
    }

    private void Restore(int index)
    {
        var item = _items[index];
        while (index > 0 && item.Deadline < _items[(index - 1) / 2].Deadline)
        {
            Place(_items[(index - 1) / 2], index);
            index = (index - 1) / 2;
        }

        while (true)
        {
            var child = (2 * index) + 1;
            if (child >= _count)
                break;
            if (child + 1 < _count && _items[child + 1].Deadline < _items[child].Deadline)
                child++;
            if (item.Deadline <= _items[child].Deadline)
                break;
            Place(_items[child], index);
            index = child;
        }

        Place(item, index);
    }

    private void Place(QuicConnection item, int index)
    {
        _items[index] = item;
        item.HeapIndex = index;
    }
}
