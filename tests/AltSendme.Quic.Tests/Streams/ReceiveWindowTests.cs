using AltSendme.Quic.Streams;

namespace AltSendme.Quic.Tests.Streams;

public sealed class ReceiveWindowTests
{
    private const ulong Initial = 1 << 20;
    private const ulong Maximum = 8 << 20;

    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(10);

    [Fact]
    public void A_window_that_a_round_trip_fills_doubles_up_to_its_maximum()
    {
        var window = new ReceiveWindow(Initial, Maximum);
        ulong arrived = 0;
        for (var round = 0; round < 10; round++)
        {
            window.Tune(arrived, RoundTrip, At(round * RoundTrip));
            arrived += window.Size;
        }

        Assert.Equal(Maximum, window.Size);
    }

    [Fact]
    public void A_path_slower_than_half_a_window_in_a_round_trip_leaves_the_window_alone()
    {
        var window = new ReceiveWindow(Initial, Maximum);
        for (var round = 0; round < 100; round++)
            window.Tune((ulong)round * (Initial / 2 - 1), RoundTrip, At(round * RoundTrip));

        Assert.Equal(Initial, window.Size);
    }

    [Fact]
    public void A_reader_that_catches_up_after_a_pause_gets_no_larger_window_for_it()
    {
        var window = new ReceiveWindow(Initial, Maximum);
        window.Tune(0, RoundTrip, At(TimeSpan.Zero));
        for (var piece = 0; piece < 64; piece++)
        {
            window.OnConsumed(Initial / 64);
            window.Tune(Initial, RoundTrip, At(TimeSpan.FromSeconds(1)));
        }

        Assert.Equal(Initial, window.Size);
    }

    [Fact]
    public void The_peer_is_told_when_half_of_the_window_was_read()
    {
        var window = new ReceiveWindow(Initial, Maximum);
        window.OnConsumed((Initial / 2) - 1);
        Assert.False(window.TryRaise(window.Consumed));
        window.OnConsumed(1);
        Assert.True(window.TryRaise(window.Consumed));
        Assert.Equal((Initial / 2) + Initial, window.Limit);
    }

    private static Instant At(TimeSpan time) => new(time.Ticks / TimeSpan.TicksPerMicrosecond);

    [Fact]
    public void A_peer_at_its_limit_gets_more_although_most_of_the_window_is_held_by_what_nobody_reads()
    {
        var window = new ReceiveWindow(initial: 1600, maximum: 1600);

        window.OnConsumed(200);

        Assert.False(window.TryRaise(arrived: 1000));
        Assert.True(window.TryRaise(arrived: 1600));
        Assert.Equal(1800UL, window.Limit);
    }
}
