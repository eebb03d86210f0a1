namespace AltSendme.Relays.Server.AddressDiscovery;

/// <summary>Lets so many handshakes a second begin, and as many at once after a pause. One caller at a time.</summary>
internal sealed class HandshakeRate(int perSecond, TimeProvider timeProvider)
{
    private double _left = perSecond;
    private long _last = timeProvider.GetTimestamp();

    /// <summary>Takes one, if there is one.</summary>
    public bool TryTake()
    {
        var now = timeProvider.GetTimestamp();
        _left = Math.Min(perSecond, _left + (timeProvider.GetElapsedTime(_last, now).TotalSeconds * perSecond));
        _last = now;
        if (_left < 1)
            return false;
        _left--;
        return true;
    }
}
