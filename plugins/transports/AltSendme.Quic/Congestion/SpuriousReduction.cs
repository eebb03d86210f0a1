namespace AltSendme.Quic.Congestion;

/// <summary>
/// Watches whether the losses behind the last reduction of the window were real (RFC 9438, section 4.9). An episode is all packets that were sent before the reduction and lost; when each of them arrives
/// after all, only reordered, the reduction was for nothing.
/// </summary>
internal sealed class SpuriousReduction
{
    private static readonly Instant LongAgo = new(long.MinValue);

    private CubicState _before;
    private Instant _first = LongAgo;
    private Instant _last = LongAgo;
    private int _missing;
    private int _pending;
    private bool _isUndoable;

    /// <summary>A packet sent at this time was lost. Comes before <see cref="OnReduction"/> for the losses that cause one.</summary>
    public void OnLost(Instant sentTime)
    {
        // Losses behind the last reduction wait for the one that they will cause.
        if (sentTime > _last)
            _pending++;
        else if (sentTime > _first)
            _missing++;
    }

    /// <summary>The window is about to be reduced because of losses.</summary>
    public void OnReduction(in CubicState before, Instant now)
    {
        _before = before;
        _first = _last;
        _last = now;
        _missing = _pending;
        _pending = 0;
        _isUndoable = true;
    }

    /// <summary>The window was reduced for a reason that no late packet disproves. Losses of packets sent after <paramref name="until"/> begin the next episode.</summary>
    public void OnCertainReduction(Instant until)
    {
        _first = until;
        _last = until;
        _pending = 0;
        _isUndoable = false;
    }

    /// <summary>A packet that was sent at this time and declared lost arrived; true when the last reduction should be undone, with the state before it.</summary>
    public bool OnLateArrival(Instant sentTime, out CubicState before)
    {
        before = _before;
        if (!_isUndoable || sentTime <= _first || sentTime > _last || --_missing > 0)
            return false;
        OnCertainReduction(LongAgo);
        return true;
    }
}
