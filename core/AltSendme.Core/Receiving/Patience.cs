namespace AltSendme.Core.Receiving;

/// <summary>Counts the tries since there was last something new, and says how long to wait for the next one.</summary>
internal sealed class Patience(TimeSpan limit, Func<long> measure, TimeProvider timeProvider)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(8);

    private long _best = measure();
    private long _since = timeProvider.GetTimestamp();

    /// <summary>Tries so far without anything new.</summary>
    public int Tries { get; private set; }

    /// <summary>Begins another try.</summary>
    /// <param name="isUrgent">Whether the first try need not wait: nothing was lost yet.</param>
    /// <param name="delay">How long to wait before it.</param>
    /// <returns><see langword="false"/> when the time for tries is over.</returns>
    public bool TryAgain(bool isUrgent, out TimeSpan delay)
    {
        if (measure() is var now && now > _best)
            (_best, Tries, _since) = (now, 0, timeProvider.GetTimestamp());
        var backoff = FirstDelay * Math.Pow(2, Math.Min(Tries, 8));
        delay = isUrgent && Tries == 0 ? TimeSpan.Zero : backoff < LongestDelay ? backoff : LongestDelay;
        if (timeProvider.GetElapsedTime(_since) + delay > limit)
            return false;
        Tries++;
        return true;
    }
}
