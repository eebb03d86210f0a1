namespace AltSendme.Quic.Streams;

/// <summary>
/// Credit that we give to the peer, for one stream or the whole connection (RFC 9000, section 4.1). It starts small and doubles while half of it or more arrives in one round trip,
/// so that a fast path fills without every idle stream costing a large promise. What counts is what arrives, not what is read: a reader that catches up after a pause reads fast, but the window is not what held it back.
/// </summary>
internal sealed class ReceiveWindow(ulong initial, ulong maximum)
{
    // Part of the window that is worth a frame.
    private const ulong SmallestRaise = 16;

    private Instant _epochStart = Instant.Never;
    private ulong _epochArrived;

    /// <summary>Bytes that may be ahead of the reader.</summary>
    public ulong Size { get; private set; } = initial;

    /// <summary>The limit that the peer was told, or will be with the next frame.</summary>
    public ulong Limit { get; private set; } = initial;

    /// <summary>Bytes that the reader has taken, or that were thrown away for it.</summary>
    public ulong Consumed { get; private set; }

    /// <summary>Notes that the reader took bytes.</summary>
    public void OnConsumed(ulong count) => Consumed += count;

    /// <summary>Tunes the size, given how many bytes have <paramref name="arrived"/> so far and how long a round trip takes; call whenever the reader took bytes.</summary>
    public void Tune(ulong arrived, TimeSpan roundTrip, Instant now)
    {
        if (_epochStart != Instant.Never)
        {
            var elapsed = now - _epochStart;
            if (elapsed < roundTrip)
                return;
            if ((double)(arrived - _epochArrived) * roundTrip.Ticks >= Size / 2.0 * Math.Max(elapsed.Ticks, 1))
                Size = Math.Max(Size, Math.Min(Size * 2, maximum));
        }

        (_epochStart, _epochArrived) = (now, arrived);
    }

    /// <summary>
    /// Raises the limit once half of the window can be given anew; true when the peer should be told. Less will do when the peer has <paramref name="arrived"/> near its limit: what nobody reads on one stream
    /// must not keep the others waiting for ever.
    /// </summary>
    public bool TryRaise(ulong arrived)
    {
        var growth = Consumed + Size - Limit;
        if (growth < Size / SmallestRaise || (growth < Size / 2 && Limit - arrived > Size / 4))
            return false;

        Limit = Consumed + Size;
        return true;
    }
}
