using AltSendme.Quic.Simulation;

namespace AltSendme.Quic.Tests.Simulated;

/// <summary>Paths on which nothing passes for a while (RFC 9002, sections 6.2 and 7.6).</summary>
public sealed class OutageTests
{
    private static readonly LinkConditions Path = new() { BitsPerSecond = 50e6, Delay = TimeSpan.FromMilliseconds(10), QueueBytes = 200_000 };

    [Fact]
    public void After_a_long_outage_the_window_begins_at_its_least_and_grows_fast_again()
    {
        using var flow = new Flow(Path);
        var before = flow.Measure(2);

        flow.Network.Conditions = Path with { Loss = 1 };
        flow.Measure(3);
        flow.Network.Conditions = Path;
        var least = ulong.MaxValue;
        for (var i = 0; i < 2500; i++)
        {
            flow.Measure(0.001);
            least = Math.Min(least, flow.Client.Core.Path.Congestion.Window);
        }

        Assert.InRange(least, 2400UL, 4UL * 1452);
        Assert.True(flow.Measure(1) > 0.8 * before);
    }

    [Fact]
    public void A_short_outage_is_no_persistent_congestion()
    {
        using var flow = new Flow(Path);
        flow.Measure(2);
        var before = flow.Client.Core.Path.Congestion.Window;

        flow.Network.Conditions = Path with { Loss = 1 };
        flow.Measure(0.02);
        flow.Network.Conditions = Path;
        flow.Measure(0.2);

        Assert.InRange(flow.Client.Core.Path.Congestion.Window, before / 2, before);
    }

    [Fact]
    public void A_pause_of_a_peer_on_a_fast_path_costs_no_datagram_size()
    {
        var conditions = Path with { Delay = TimeSpan.FromMicroseconds(100), QueueBytes = 20_000 };
        using var flow = new Flow(conditions);
        flow.Measure(0.5);
        Assert.Equal(1452, flow.Client.Core.Statistics.DatagramSize);

        flow.Network.Conditions = conditions with { Loss = 1 };
        flow.Measure(0.15);
        flow.Network.Conditions = conditions;
        flow.Measure(0.5);

        Assert.Equal(1452, flow.Client.Core.Statistics.DatagramSize);
    }

    [Fact]
    public void Probes_come_in_pairs_and_never_rarer_than_every_two_seconds()
    {
        var options = new ConnectionOptions { MaxIdleTimeout = TimeSpan.FromMinutes(5) };
        using var flow = new Flow(Path, options: options);
        flow.Measure(1);
        flow.Network.Conditions = Path with { Loss = 1 };
        flow.Measure(20);
        var before = flow.Client.Core.Statistics.PacketsSent;

        flow.Measure(60);

        Assert.InRange(flow.Client.Core.Statistics.PacketsSent - before, 58UL, 62UL);
    }
}
