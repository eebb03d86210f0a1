namespace AltSendme.Transports.Tls.Connections;

/// <summary>Smoothed round-trip time (RFC 6298, section 2: one eighth of each new sample).</summary>
internal sealed class RoundTripEstimate
{
    /// <summary>The estimate; null before the first sample.</summary>
    public TimeSpan? Smoothed { get; private set; }

    /// <summary>Takes a sample and returns the new estimate.</summary>
    public TimeSpan Add(TimeSpan sample)
    {
        var smoothed = Smoothed is { } before ? before + ((sample - before) / 8) : sample;
        Smoothed = smoothed;
        return smoothed;
    }
}
