namespace AltSendme.Quic.Congestion;

/// <summary>How much of the window was in flight over this round trip and the last (RFC 9002, section 7.8). Counted at its highest, so that it does not matter how many packets one ACK frame takes away.</summary>
internal sealed class WindowUse
{
    private ulong _roundEnd;
    private ulong _thisRound;
    private ulong _lastRound;

    /// <summary>The most bytes in flight at once.</summary>
    public ulong Peak => Math.Max(_thisRound, _lastRound);

    /// <summary>A packet was sent; <paramref name="inFlight"/> counts it.</summary>
    public void OnSent(ulong inFlight) => _thisRound = Math.Max(_thisRound, inFlight);

    /// <summary>An ACK frame was handled; <paramref name="largest"/> is its largest number and <paramref name="next"/> the next to be sent.</summary>
    public void OnAck(ulong largest, ulong next, ulong inFlight)
    {
        if (largest < _roundEnd)
            return;
        _roundEnd = next;
        _lastRound = _thisRound;
        _thisRound = inFlight;
    }
}
