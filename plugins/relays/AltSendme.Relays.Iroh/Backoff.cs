namespace AltSendme.Relays.Iroh;

/// <summary>Pauses between attempts: doubled each time up to a limit, and each cut by chance to between a half and all of it, so that the clients of a relay that comes back do not come all at once.</summary>
internal sealed class Backoff(Func<double> chance)
{
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private TimeSpan _next = First;

    /// <summary>The next pause.</summary>
    public TimeSpan Next()
    {
        var pause = _next * (0.5 + (chance() / 2));
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return pause;
    }

    /// <summary>A connection has lasted; the next failure begins anew.</summary>
    public void Reset() => _next = First;
}
