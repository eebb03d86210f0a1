namespace AltSendme.Quic.Recovery;

/// <summary>Round-trip time of a path (RFC 9002, section 5).</summary>
internal sealed class RttEstimator
{
    /// <summary>What is assumed before the first sample (RFC 9002, section 6.2.2).</summary>
    public static readonly TimeSpan Initial = TimeSpan.FromMilliseconds(333);

    /// <summary>The finest step of timers (RFC 9002, section 6.1.2).</summary>
    public static readonly TimeSpan Granularity = TimeSpan.FromMilliseconds(1);

    private Instant _firstSample = Instant.Never;

    /// <summary>The newest sample.</summary>
    public TimeSpan Latest { get; private set; }

    /// <summary>The lowest sample; not adjusted by the peer's delay.</summary>
    public TimeSpan Min { get; private set; } = TimeSpan.MaxValue;

    /// <summary>Smoothed round-trip time.</summary>
    public TimeSpan Smoothed { get; private set; } = Initial;

    /// <summary>Mean deviation.</summary>
    public TimeSpan Variation { get; private set; } = Initial / 2;

    /// <summary>Whether there was a sample.</summary>
    public bool HasSample => _firstSample != Instant.Never;

    /// <summary>When the first sample was taken; <see cref="Instant.Never"/> before.</summary>
    public Instant FirstSample => _firstSample;

    /// <summary>Probe timeout without the peer's ack delay and without back-off (RFC 9002, section 6.2.1).</summary>
    public TimeSpan ProbeTimeout => Smoothed + Max(4 * Variation, Granularity);

    /// <summary>Takes a sample. <paramref name="ackDelay"/> is what the peer says it waited, already limited to its max_ack_delay.</summary>
    public void OnSample(TimeSpan sample, TimeSpan ackDelay, Instant now)
    {
        Latest = sample;
        if (!HasSample)
        {
            _firstSample = now;
            Min = sample;
            Smoothed = sample;
            Variation = sample / 2;
            return;
        }

        Min = sample < Min ? sample : Min;
        var adjusted = sample >= Min + ackDelay ? sample - ackDelay : sample;
        Variation = ((3 * Variation) + (Smoothed - adjusted).Duration()) / 4;
        Smoothed = ((7 * Smoothed) + adjusted) / 8;
    }

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
