namespace AltSendme.Transports.Tls.Connections;

/// <summary>What pings tell about the path.</summary>
internal sealed class RoundTripEstimate
{
    /// <summary>Smoothed round-trip time (RFC 6298, section 2: one eighth of each new sample); null before the first. What a request has to reckon with.</summary>
    public TimeSpan? Smoothed { get; private set; }

    /// <summary>Shortest round trip seen: the path without the queues that a transfer builds up before its own pings. Windows are tuned by it.</summary>
    public TimeSpan Shortest { get; private set; } = TimeSpan.MaxValue;

    /// <summary>Takes a sample.</summary>
    public void Add(TimeSpan sample)
    {
        Smoothed = Smoothed is { } before ? before + ((sample - before) / 8) : sample;
        if (sample < Shortest)
            Shortest = sample;
    }
}
