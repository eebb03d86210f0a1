namespace AltSendme.Core.Progress;

/// <summary>Rate of a growing count over a sliding window, for speed and time left. Not thread-safe.</summary>
internal sealed class RateMeter(TimeProvider timeProvider)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    private readonly Queue<(long Timestamp, long Count)> _samples = new();

    /// <summary>Notes the count as it is now, and gives its growth per second over the last five seconds.</summary>
    public double Sample(long count)
    {
        var now = timeProvider.GetTimestamp();
        _samples.Enqueue((now, count));
        while (_samples.Count > 2 && timeProvider.GetElapsedTime(_samples.Peek().Timestamp, now) > Window)
            _samples.Dequeue();

        var (timestamp, first) = _samples.Peek();
        var seconds = timeProvider.GetElapsedTime(timestamp, now).TotalSeconds;
        return seconds > 0 ? (count - first) / seconds : 0;
    }
}
