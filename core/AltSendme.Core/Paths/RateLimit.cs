namespace AltSendme.Core.Paths;

/// <summary>A token bucket that all connections of a process share in one direction. Its rate may change at any time. May be used from any thread.</summary>
/// <param name="bytesPerSecond">The rate at the moment; <see langword="null"/> for none.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class RateLimit(Func<long?> bytesPerSecond, TimeProvider timeProvider)
{
    /// <summary>How much of a second's bytes may go at once after a pause.</summary>
    private const double Burst = 0.25;

    private readonly Lock _gate = new();   // guards the time below
    private readonly long _start = timeProvider.GetTimestamp();
    private double _free;   // when the bucket will be full again, in seconds since the start

    /// <summary>Whether there is a limit now.</summary>
    public bool IsOn => bytesPerSecond() is not null;

    /// <summary>The lower of a setting, where 0 means none, and what policy allows.</summary>
    public static long? Lower(long setting, long? policy) => setting == 0 ? policy : policy is { } most ? Math.Min(setting, most) : setting;

    /// <summary>Takes bytes out of the bucket, and waits until they may go.</summary>
    public ValueTask TakeAsync(long bytes, CancellationToken cancellationToken)
    {
        if (bytes == 0 || bytesPerSecond() is not { } rate)
            return ValueTask.CompletedTask;
        double wait;
        lock (_gate)
        {
            var now = timeProvider.GetElapsedTime(_start).TotalSeconds;
            _free = Math.Max(now, _free) + ((double)bytes / rate);
            wait = _free - now - Burst;
        }

        return wait > 0 ? new ValueTask(Task.Delay(TimeSpan.FromSeconds(Math.Min(wait, TimeSpan.FromDays(1).TotalSeconds)), timeProvider, cancellationToken)) : ValueTask.CompletedTask;
    }
}
