using AltSendme.Quic.Recovery;

namespace AltSendme.Quic.Tests.Recovery;

/// <summary>RFC 9002, section 6.1, with thresholds that learn.</summary>
public sealed class ReorderingToleranceTests
{
    private readonly ReorderingTolerance _tolerance = new();
    private readonly RttEstimator _rtt = new();

    public ReorderingToleranceTests() => _rtt.OnSample(TimeSpan.FromMilliseconds(80), TimeSpan.Zero, new Instant(1));

    [Fact]
    public void It_begins_with_the_thresholds_of_the_RFC()
    {
        Assert.Equal(3UL, _tolerance.PacketThreshold);
        Assert.Equal(TimeSpan.FromMilliseconds(90), _tolerance.LossDelay(_rtt));
    }

    [Fact]
    public void A_late_packet_raises_the_threshold_that_it_broke()
    {
        _tolerance.OnLateArrival(10, TimeSpan.FromMilliseconds(85), _rtt);
        Assert.Equal(16UL, _tolerance.PacketThreshold);
        Assert.Equal(TimeSpan.FromMilliseconds(90), _tolerance.LossDelay(_rtt));

        _tolerance.OnLateArrival(2, TimeSpan.FromMilliseconds(95), _rtt);
        Assert.Equal(16UL, _tolerance.PacketThreshold);
        Assert.Equal(TimeSpan.FromMilliseconds(100), _tolerance.LossDelay(_rtt));
    }

    [Fact]
    public void However_late_packets_are_the_thresholds_stay_bounded()
    {
        for (var i = 0; i < 100; i++)
            _tolerance.OnLateArrival(1_000_000, TimeSpan.FromMinutes(1), _rtt);

        Assert.Equal(1024UL, _tolerance.PacketThreshold);
        Assert.Equal(TimeSpan.FromMilliseconds(160), _tolerance.LossDelay(_rtt));
    }

    [Fact]
    public void Real_losses_without_a_late_packet_among_them_bring_the_thresholds_back()
    {
        _tolerance.OnLateArrival(100, TimeSpan.FromMilliseconds(95), _rtt);

        for (var i = 0; i < 17; i++)
            _tolerance.OnLosses();

        It_begins_with_the_thresholds_of_the_RFC();
    }
}
