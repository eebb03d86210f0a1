using AltSendme.Quic.Congestion;

namespace AltSendme.Quic.Tests.Congestion;

/// <summary>RFC 9406: when slow start ends.</summary>
public sealed class HyStartPlusPlusTests
{
    private const int SamplesPerRound = 40;
    private readonly HyStartPlusPlus _start = new();
    private ulong _packet;

    [Fact]
    public void A_path_without_a_queue_stays_in_slow_start()
    {
        for (var round = 0; round < 20; round++)
            Assert.False(Round(_ => 50));

        Assert.Equal(1000, _start.Growth(1000));
    }

    [Fact]
    public void A_queue_that_builds_up_within_a_round_holds_the_window_in_that_round()
    {
        Round(_ => 50);

        Round(sample => 50 + sample);

        Assert.Equal(0, _start.Growth(1000));
    }

    [Fact]
    public void A_queue_that_stays_ends_slow_start_after_five_rounds_of_slow_growth()
    {
        Round(_ => 50);
        Round(_ => 60);
        var rounds = 1;
        while (!Round(_ => 60))
        {
            Assert.Equal(250, _start.Growth(1000));
            rounds++;
        }

        Assert.Equal(5, rounds);
    }

    [Fact]
    public void A_delay_that_passes_lets_the_window_grow_fast_again()
    {
        Round(_ => 50);
        Round(_ => 70);
        Assert.Equal(0, _start.Growth(1000));

        Round(_ => 50);

        Assert.Equal(1000, _start.Growth(1000));
    }

    [Fact]
    public void Single_slow_samples_among_fast_ones_change_nothing()
    {
        Round(_ => 50);

        for (var round = 0; round < 10; round++)
            Assert.False(Round(sample => sample % 4 == 0 ? 50 : 90));

        Assert.Equal(1000, _start.Growth(1000));
    }

    // One acknowledgement a packet; the round ends with the first packet that was sent after its beginning.
    private bool Round(Func<int, int> milliseconds)
    {
        var isOver = false;
        for (var sample = 0; sample < SamplesPerRound; sample++)
        {
            isOver |= _start.OnAck(TimeSpan.FromMilliseconds(milliseconds(sample)), _packet, _packet + SamplesPerRound);
            _packet++;
        }

        return isOver;
    }
}
