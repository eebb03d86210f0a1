namespace AltSendme.Service.Web.Origin;

/// <summary>Whether windows are in use: requests under way, and when the last one ended.</summary>
/// <param name="clock">The clock.</param>
internal sealed class OriginUse(TimeProvider clock)
{
    private int _requests;
    private long _last = clock.GetTimestamp();

    /// <summary>How long nobody has used any window.</summary>
    public TimeSpan UnusedFor => Volatile.Read(ref _requests) > 0 ? TimeSpan.Zero : clock.GetElapsedTime(Interlocked.Read(ref _last));

    /// <summary>A request of a window begins.</summary>
    public void Enter() => Interlocked.Increment(ref _requests);

    /// <summary>It has ended.</summary>
    public void Leave()
    {
        Interlocked.Exchange(ref _last, clock.GetTimestamp());
        Interlocked.Decrement(ref _requests);
    }
}
