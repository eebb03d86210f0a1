namespace AltSendme.Quic.Streams;

/// <summary>
/// Credit that we give to the peer, for one stream or the whole connection (RFC 9000, section 4.1). It starts small and doubles while the reader drains it faster than two round trips a window,
/// so that a fast path fills without every idle stream costing a large promise.
/// </summary>
internal sealed class ReceiveWindow(ulong initial, ulong maximum)
{
    private Instant _epochStart;
    private ulong _epochConsumed;
    private bool _hasEpoch;

    /// <summary>Bytes that may be ahead of the reader.</summary>
    public ulong Size { get; private set; } = initial;

    /// <summary>The limit that the peer was told, or will be with the next frame.</summary>
    public ulong Limit { get; private set; } = initial;

    /// <summary>Bytes that the reader has taken, or that were thrown away for it.</summary>
    public ulong Consumed { get; private set; }

    /// <summary>Notes that the reader took bytes.</summary>
    public void OnConsumed(ulong count) => Consumed += count;

    /// <summary>Raises the limit once half of the window is used up; true when the peer should be told.</summary>
    public bool TryRaise(Instant now, TimeSpan roundTrip)
    {
        if (Limit - Consumed > Size / 2)
            return false;

        Tune(now, roundTrip);
        Limit = Consumed + Size;
        return true;
    }

    // Half a window or more was consumed since the last raise. Faster than two round trips a window means that the window is what holds the sender back.
    private void Tune(Instant now, TimeSpan roundTrip)
    {
        var consumed = Consumed - _epochConsumed;
        var allowed = 4.0 * consumed / Size * roundTrip.Ticks;
        if (_hasEpoch && (now - _epochStart).Ticks < allowed)
            Size = Math.Min(Size * 2, Math.Max(maximum, Size));
        _epochStart = now;
        _epochConsumed = Consumed;
        _hasEpoch = true;
    }
}
