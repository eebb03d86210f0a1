namespace AltSendme.Quic.Recovery;

/// <summary>
/// How far packets of a path may overtake each other before one counts as lost (RFC 9002, section 6.1). Begins with the RFC's thresholds; each packet that arrives after all raises the one that it broke,
/// and after some episodes without such a packet both are back where they began (as RACK does for TCP: RFC 8985, section 6.2, step 4).
/// </summary>
internal sealed class ReorderingTolerance
{
    private const ulong InitialPackets = 3;
    private const ulong MaxPackets = 1024;
    private const int InitialEighths = 1;
    private const int MaxEighths = 8;
    private const int QuietEpisodes = 16;

    private int _eighths = InitialEighths;
    private int _quietEpisodes;

    /// <summary>A packet is lost when one this much newer was acknowledged (RFC 9002, section 6.1.1).</summary>
    public ulong PacketThreshold { get; private set; } = InitialPackets;

    /// <summary>Time after which a packet is lost if a newer one was acknowledged, counted from sending (RFC 9002, section 6.1.2). At most two round trips.</summary>
    public TimeSpan LossDelay(RttEstimator rtt)
    {
        var roundTrip = rtt.Latest > rtt.Smoothed ? rtt.Latest : rtt.Smoothed;
        var delay = roundTrip * (8 + _eighths) / 8;
        return delay > RttEstimator.Granularity ? delay : RttEstimator.Granularity;
    }

    /// <summary>A packet that was declared lost arrived: it was <paramref name="distance"/> packets behind the newest, and acknowledged <paramref name="elapsed"/> after it was sent.</summary>
    public void OnLateArrival(ulong distance, TimeSpan elapsed, RttEstimator rtt)
    {
        _quietEpisodes = 0;

        // Half as much again: where one packet was late, another will be a little later.
        PacketThreshold = Math.Clamp(distance + (distance / 2) + 1, PacketThreshold, MaxPackets);
        if (elapsed > LossDelay(rtt))
            _eighths = Math.Min(_eighths * 2, MaxEighths);
    }

    /// <summary>Packets were declared lost.</summary>
    public void OnLosses()
    {
        if (++_quietEpisodes <= QuietEpisodes)
            return;
        PacketThreshold = InitialPackets;
        _eighths = InitialEighths;
    }
}
