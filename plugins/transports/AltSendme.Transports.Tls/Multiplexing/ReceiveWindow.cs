using AltSendme.Transports.Tls.Wire;

namespace AltSendme.Transports.Tls.Multiplexing;

/// <summary>
/// Flow control of what arrives on one stream. The window slides as the reader consumes, half a window at a time, and doubles when half of it was read within
/// a round trip: then the peer had to wait for credit, and a larger window lets it send on. What a peer can make this side hold is never more than <see cref="Size"/>.
/// </summary>
internal sealed class ReceiveWindow(WindowBudget budget, TimeSpan now)
{
    private long _credit = MuxLimits.InitialWindow;
    private long _consumed;
    private TimeSpan _lastGrant = now;

    /// <summary>Bytes that may be on the way or unread at once.</summary>
    public int Size { get; private set; } = MuxLimits.InitialWindow;

    /// <summary>Accounts for bytes that arrived; false when they were not granted.</summary>
    public bool TryReceive(int length)
    {
        if (length > _credit)
            return false;
        _credit -= length;
        return true;
    }

    /// <summary>Accounts for bytes that the reader is done with, and returns what to grant to the peer now; mostly nothing.</summary>
    public long OnConsumed(long length, TimeSpan now, TimeSpan roundTrip)
    {
        _consumed += length;
        if (_consumed < Size / 2)
            return 0;

        var grant = _consumed;
        if (now - _lastGrant < roundTrip && Size < MuxLimits.MaxWindow)
        {
            var growth = budget.Take(Math.Min(Size, MuxLimits.MaxWindow - Size));
            Size += growth;
            grant += growth;
        }

        _lastGrant = now;
        _consumed = 0;
        _credit += grant;
        return grant;
    }

    /// <summary>The stream is over: what the window had grown by is free for others.</summary>
    public void Release()
    {
        budget.Return(Size - MuxLimits.InitialWindow);
        Size = MuxLimits.InitialWindow;
    }
}
