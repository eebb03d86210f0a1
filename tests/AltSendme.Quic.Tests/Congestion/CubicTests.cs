using AltSendme.Quic.Congestion;
using AltSendme.Quic.Recovery;

namespace AltSendme.Quic.Tests.Congestion;

/// <summary>RFC 9438, section by section where the simulator would show it only roughly.</summary>
public sealed class CubicTests
{
    private const int Datagram = 1200;
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(50);

    private readonly Cubic _cubic = new(Datagram);
    private readonly RttEstimator _rtt = new();
    private Instant _now = new(1_000_000);
    private ulong _number;

    public CubicTests()
    {
        _rtt.OnSample(RoundTrip, TimeSpan.Zero, _now);
        for (var i = 0; i < 3; i++)
            Round();
    }

    [Fact]
    public void A_reduction_whose_losses_all_arrive_late_is_undone()
    {
        var before = _cubic.Window;
        Lose(_now, _now + Milliseconds(1), _now + Milliseconds(2));
        var sent = _now;
        Assert.Equal((ulong)(before * 0.7), _cubic.Window);

        _cubic.OnLateArrival(sent);
        _cubic.OnLateArrival(sent + Milliseconds(1));
        Assert.Equal((ulong)(before * 0.7), _cubic.Window);
        _cubic.OnLateArrival(sent + Milliseconds(2));

        Assert.Equal(before, _cubic.Window);
        Assert.True(_cubic.IsInSlowStart);
    }

    [Fact]
    public void A_reduction_with_one_real_loss_stays()
    {
        var before = _cubic.Window;
        Lose(_now, _now + Milliseconds(1));

        _cubic.OnLateArrival(_now);

        Assert.Equal((ulong)(before * 0.7), _cubic.Window);
    }

    [Fact]
    public void A_loss_that_joins_the_episode_later_must_arrive_as_well()
    {
        var before = _cubic.Window;
        var sent = _now;
        Lose(sent);
        _now += Milliseconds(5);
        Lose(sent + Milliseconds(3));

        _cubic.OnLateArrival(sent);
        Assert.Equal((ulong)(before * 0.7), _cubic.Window);
        _cubic.OnLateArrival(sent + Milliseconds(3));

        Assert.Equal(before, _cubic.Window);
    }

    [Fact]
    public void Packets_of_an_earlier_episode_do_not_undo_a_later_one()
    {
        var first = _now;
        Lose(first);
        _now += RoundTrip;
        Lose(_now - Milliseconds(1));
        var reduced = _cubic.Window;

        _cubic.OnLateArrival(first);

        Assert.Equal(reduced, _cubic.Window);
    }

    [Fact]
    public void After_an_undone_reduction_the_next_loss_reduces_again()
    {
        Lose(_now);
        _cubic.OnLateArrival(_now);
        var before = _cubic.Window;

        Lose(_now + Milliseconds(1));

        Assert.Equal((ulong)(before * 0.7), _cubic.Window);
    }

    [Fact]
    public void A_congestion_mark_reduces_once_a_round_trip_and_no_late_packet_undoes_it()
    {
        var before = _cubic.Window;

        _cubic.OnCongestionMark(_now, _now + Milliseconds(10));
        _cubic.OnCongestionMark(_now + Milliseconds(5), _now + Milliseconds(20));
        _cubic.OnLateArrival(_now);

        Assert.Equal((ulong)(before * 0.7), _cubic.Window);
        _cubic.OnCongestionMark(_now + Milliseconds(15), _now + Milliseconds(30));
        Assert.Equal((ulong)(before * 0.7 * 0.7), _cubic.Window);
    }

    [Fact]
    public void Persistent_congestion_leaves_two_datagrams_and_slow_start_begins_again()
    {
        Lose(_now);
        _cubic.OnPersistentCongestion();
        Assert.Equal(2UL * Datagram, _cubic.Window);
        Assert.True(_cubic.IsInSlowStart);

        _cubic.OnLateArrival(_now);

        Assert.Equal(2UL * Datagram, _cubic.Window);
    }

    [Fact]
    public void Packets_that_leave_most_of_the_window_empty_do_not_widen_it()
    {
        Round(packets: 4);
        var before = _cubic.Window;

        for (var i = 0; i < 10; i++)
            Round(packets: 4);

        Assert.Equal(before, _cubic.Window);
    }

    [Fact]
    public void A_window_in_full_use_doubles_also_when_one_acknowledgement_covers_all_of_it()
    {
        var before = _cubic.Window;
        Round();

        Assert.Equal(2 * before, _cubic.Window);
    }

    [Fact]
    public void Larger_datagrams_change_the_least_window_and_not_the_present_one()
    {
        Lose(_now);
        for (var i = 0; i < 5; i++)
            Round();
        var before = _cubic.Window;

        _cubic.OnDatagramSize(6 * Datagram);
        Assert.Equal(before, _cubic.Window);
        Round();

        Assert.InRange(_cubic.Window, before, before + (2 * 6 * Datagram));
        _cubic.OnPersistentCongestion();
        Assert.Equal(2UL * 6 * Datagram, _cubic.Window);
    }

    private static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);

    private void Round() => Round((int)(_cubic.Window / Datagram));

    private void Round(int packets)
    {
        for (var i = 0; i < packets; i++)
            _cubic.OnSent(Datagram, _now);
        var sent = _now;
        _now += RoundTrip;
        for (var i = 0; i < packets; i++)
            _cubic.OnAcknowledged(Datagram, sent, _rtt, _now);
        _number += (ulong)packets;
        _cubic.OnRoundTrip(_rtt, _number - 1, _number);
    }

    private void Lose(params Instant[] sentTimes)
    {
        foreach (var time in sentTimes)
        {
            _cubic.OnSent(Datagram, time);
            _cubic.OnLost(Datagram, time);
        }

        _cubic.OnLosses(sentTimes[^1], _now + Milliseconds(5));
    }
}
