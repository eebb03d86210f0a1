namespace AltSendme.Quic.Streams;

/// <summary>Bytes on their way to the peer: kept from the moment they are written until they are acknowledged, with what was lost remembered for another try (RFC 9000, section 13.3).</summary>
internal sealed class SendBuffer : IDisposable
{
    private readonly OffsetRing _ring = new();
    private readonly RangeSet _acknowledged = new();
    private readonly RangeSet _lost = new();

    /// <summary>Offset after the last byte written.</summary>
    public ulong End { get; private set; }

    /// <summary>Offset after the last byte ever sent.</summary>
    public ulong Sent { get; private set; }

    /// <summary>Bytes that are held.</summary>
    public ulong Held => End - _ring.Base;

    /// <summary>Whether bytes wait that were never sent.</summary>
    public bool HasFresh => Sent < End;

    /// <summary>Whether bytes wait that were sent and lost.</summary>
    public bool HasLost => _lost.Count > 0;

    /// <summary>Whether everything written was acknowledged.</summary>
    public bool IsAcknowledged => _ring.Base == End;

    /// <summary>Appends bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        _ring.Reserve(End + (ulong)bytes.Length);
        _ring.Write(End, bytes);
        End += (ulong)bytes.Length;
    }

    /// <summary>Offset of what <see cref="TryTake"/> would give next.</summary>
    public ulong NextOffset => HasLost ? _lost[0].Start : Sent;

    /// <summary>Picks at most <paramref name="room"/> bytes to send: lost ones first, then fresh ones below <paramref name="freshLimit"/>.</summary>
    public bool TryTake(int room, ulong freshLimit, out NumberRange range)
    {
        if (HasLost)
        {
            range = _lost.TakeFirst((ulong)room);
            return true;
        }

        var length = Math.Min((ulong)room, Math.Min(End, Math.Max(freshLimit, Sent)) - Sent);
        range = new NumberRange(Sent, Sent + length);
        Sent += length;
        return length > 0;
    }

    /// <summary>Copies bytes into a packet.</summary>
    public void CopyTo(ulong offset, Span<byte> destination) => _ring.Read(offset, destination);

    /// <summary>Notes that the peer has [start, end); returns how many bytes were let go.</summary>
    public ulong OnAcknowledged(ulong start, ulong end)
    {
        var before = _ring.Base;
        if (HasLost)
            _lost.Remove(start, end);

        if (start <= before && _acknowledged.Count == 0)
        {
            _ring.AdvanceTo(Math.Max(before, end));
        }
        else
        {
            _acknowledged.Add(Math.Max(start, before), Math.Max(end, before));
            if (_acknowledged.Count > 0 && _acknowledged[0].Start <= before)
                _ring.AdvanceTo(_acknowledged.TakeFirst(ulong.MaxValue).End);
        }

        return _ring.Base - before;
    }

    /// <summary>Notes that a packet with [start, end) was lost; what was acknowledged since then stays so.</summary>
    public void OnLost(ulong start, ulong end)
    {
        _lost.Add(Math.Max(start, _ring.Base), Math.Max(end, _ring.Base));
        foreach (var range in _acknowledged.Ranges)
            _lost.Remove(range.Start, range.End);
    }

    /// <summary>Forgets what was sent, so that all of it goes out again: after a Retry, or when the version's keys changed.</summary>
    public void Rewind()
    {
        _lost.Clear();
        Sent = _ring.Base;
    }

    /// <summary>Drops everything; the buffer takes no more.</summary>
    public void Dispose()
    {
        _lost.Clear();
        _acknowledged.Clear();
        _ring.AdvanceTo(End);
        Sent = End;
        _ring.Dispose();
    }
}
