using AltSendme.Quic.Simulation;

namespace AltSendme.Quic.Tests.Simulated;

/// <summary>Packets that overtake each other are not lost (RFC 9002, section 6.1; RFC 9438, section 4.9).</summary>
public sealed class ReorderingTests
{
    private static readonly LinkConditions Smooth = new() { BitsPerSecond = 50e6, Delay = TimeSpan.FromMilliseconds(20), QueueBytes = 250_000 };

    [Theory, MemberData(nameof(Seeds.Few), MemberType = typeof(Seeds))]
    public void Eight_milliseconds_of_jitter_cost_no_more_than_a_fifth_of_the_rate(ulong seed)
    {
        var smooth = RateOf(Smooth, seed);

        var jittery = RateOf(Smooth with { Jitter = TimeSpan.FromMilliseconds(8) }, seed);

        Assert.True(jittery > 0.8 * smooth, $"Seed {seed}: {jittery / 1e6:f1} Mbit/s instead of {smooth / 1e6:f1}");
    }

    private static double RateOf(LinkConditions conditions, ulong seed)
    {
        using var flow = new Flow(conditions, seed);
        flow.Measure(1);
        return flow.Measure(2);
    }
}
