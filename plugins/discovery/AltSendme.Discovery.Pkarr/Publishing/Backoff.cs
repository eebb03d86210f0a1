namespace AltSendme.Discovery.Pkarr.Publishing;

/// <summary>Pauses between attempts: doubled each time up to a limit, and each cut by chance to between a half and all of it, so that the clients of a server that comes back do not come all at once.</summary>
internal sealed class Backoff(Func<double> chance)
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private TimeSpan _next = First;

    /// <summary>The next pause.</summary>
    public TimeSpan Next()
    {
        var pause = _next * (0.5 + (chance() / 2));
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return pause;
    }

    /// <summary>An attempt has succeeded; the next failure begins anew.</summary>
    public void Reset() => _next = First;
}
