namespace AltSendme.Relays.Server.Clients;

/// <summary>Lets so many bytes a second through in the long run, and a burst on top. What was read has been read, so the bucket may owe: the answer is how long to wait until it no longer does.</summary>
internal struct TokenBucket(long bytesPerSecond, long burst, TimeProvider timeProvider)
{
    private double _tokens = burst;
    private long _last = timeProvider.GetTimestamp();

    /// <summary>Takes <paramref name="bytes"/>; returns how long to read nothing more, zero while there is no limit or no need.</summary>
    public TimeSpan Take(int bytes)
    {
        if (bytesPerSecond == 0)
            return TimeSpan.Zero;
        var now = timeProvider.GetTimestamp();
        _tokens = Math.Min(burst, _tokens + (timeProvider.GetElapsedTime(_last, now).TotalSeconds * bytesPerSecond)) - bytes;
        _last = now;
        return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / bytesPerSecond);
    }
}
