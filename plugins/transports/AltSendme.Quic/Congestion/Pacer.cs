using AltSendme.Quic.Recovery;

namespace AltSendme.Quic.Congestion;

/// <summary>Spreads packets over the round trip (RFC 9002, section 7.7): a bucket of bytes that fills at a little more than the window's rate.</summary>
internal sealed class Pacer
{
    private const double SlowStartGain = 2.0;
    private const double AvoidanceGain = 1.25;
    private const int MinBurstDatagrams = 10;

    /// <summary>Timers are not finer than this, so the bucket holds what flows in twice the time.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private double _tokens = double.MaxValue;
    private Instant _filled;

    /// <summary>When a datagram may be sent; <paramref name="now"/> or earlier means at once.</summary>
    public Instant NextSend(ICongestionController congestion, RttEstimator rtt, int datagramSize, Instant now)
    {
        var rate = Rate(congestion, rtt);
        Fill(rate, datagramSize, now);
        if (_tokens >= datagramSize)
            return now;

        // Wake once for a batch rather than for each datagram.
        var batch = Math.Min(Burst(rate, datagramSize), Math.Max(datagramSize, rate * Tick.Ticks));
        return now + new TimeSpan((long)Math.Ceiling((batch - _tokens) / rate) + TimeSpan.TicksPerMicrosecond);
    }

    /// <summary>A datagram was sent.</summary>
    public void OnSent(int size) => _tokens -= size;

    // Bytes in 100 ns.
    private static double Rate(ICongestionController congestion, RttEstimator rtt) =>
        (congestion.IsInSlowStart ? SlowStartGain : AvoidanceGain) * congestion.Window / Math.Max(rtt.Smoothed.Ticks, 1);

    private static double Burst(double rate, int datagramSize) => Math.Max(MinBurstDatagrams * datagramSize, 2 * rate * Tick.Ticks);

    private void Fill(double rate, int datagramSize, Instant now)
    {
        var elapsed = Math.Max(0, (now - _filled).Ticks);
        _filled = now;
        _tokens = Math.Min(_tokens + (rate * elapsed), Burst(rate, datagramSize));
    }
}
