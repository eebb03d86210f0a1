using AltSendme.Quic.Simulation;

namespace AltSendme.Quic.Tests.Simulated;

/// <summary>Two applications do whatever is allowed in any order, over a bad path: what is read is what was written, however a stream ends, and nothing is left behind.</summary>
public sealed class RandomInteractionTests
{
    private const int SeedsPerCase = 30;
    private const int Steps = 120;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Whatever_applications_do_data_is_whole_and_connections_end_clean(int part)
    {
        for (var i = 0; i < SeedsPerCase; i++)
        {
            var seed = (ulong)((part * SeedsPerCase) + i + 1);
            try
            {
                Run(seed);
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"Seed {seed}: {fault.Message}", fault);
            }
        }
    }

    private static void Run(ulong seed)
    {
        var chance = new SeededRandom(seed * 7919);
        var options = new ConnectionOptions
        {
            MaxBidirectionalStreams = 1 + chance.Next(20),
            MaxUnidirectionalStreams = 1 + chance.Next(20),
            InitialStreamWindow = 1000 + chance.Next(50_000),
            InitialConnectionWindow = 4000 + chance.Next(100_000),
            KeyUpdatePackets = 50 + chance.Next(1000),
        };
        using var pair = new ConnectedPair(seed, options, options);
        pair.Client.IsReading = pair.Server.IsReading = false;
        pair.Network.Conditions = new LinkConditions
        {
            Delay = TimeSpan.FromMilliseconds(1 + chance.Next(40)),
            Jitter = TimeSpan.FromMilliseconds(chance.Next(15)),
            Loss = chance.NextDouble() * 0.15,
            Duplication = chance.NextDouble() * 0.1,
            Corruption = chance.NextDouble() * 0.05,
        };
        var streams = new Dictionary<(SimulatedConnection Sender, ulong Id), RandomStream>();
        var client = new RandomApplication(pair.Client, pair.Server, streams, chance);
        var server = new RandomApplication(pair.Server, pair.Client, streams, chance);

        for (var step = 0; step < Steps; step++)
        {
            (chance.Chance(0.5) ? client : server).Act(pair.Network);
            if (chance.Chance(0.3))
                pair.Network.RunFor(TimeSpan.FromMilliseconds(chance.Next(60)));
        }

        client.FinishAll();
        server.FinishAll();

        // What was read makes room for more only when packets go out again, which begins with each run.
        while (!(client.ReadAll(pair.Network) & server.ReadAll(pair.Network)))
            pair.Network.RunFor(TimeSpan.FromMilliseconds(5));
        pair.Network.Conditions = new LinkConditions();
        pair.RunUntil(() => pair.Client.Core.UnacknowledgedBytes + pair.Server.Core.UnacknowledgedBytes == 0);
        pair.Network.RunFor(TimeSpan.FromSeconds(5));
        CheckCounters(pair.Client.Core, pair.Server.Core);
        CheckCounters(pair.Server.Core, pair.Client.Core);
        CheckEnd(pair, chance);
    }

    private static void CheckCounters(Connection core, Connection other)
    {
        Assert.Null(core.CloseReason);
        Assert.Equal(0UL, core.Path.Congestion.BytesInFlight);
        Assert.InRange(core.Statistics.PacketsReceived, 1UL, other.Statistics.PacketsSent);
        Assert.InRange(core.Statistics.PacketsLost, 0UL, core.Statistics.PacketsSent);
    }

    private static void CheckEnd(ConnectedPair pair, SeededRandom chance)
    {
        var (closing, other) = chance.Chance(0.5) ? (pair.Client.Core, pair.Server.Core) : (pair.Server.Core, pair.Client.Core);
        closing.Close(7, "enough", pair.Network.Now);
        pair.RunUntil(() => closing.IsDrained && other.IsDrained);
        Assert.Equal((ConnectionCloseKind.LocalApplication, 7UL), (closing.CloseReason!.Kind, closing.CloseReason.Code));
        Assert.Equal((ConnectionCloseKind.PeerApplication, 7UL), (other.CloseReason!.Kind, other.CloseReason.Code));
        Assert.Equal(0, pair.ClientHost.Endpoint.Count + pair.ServerHost.Endpoint.Count);
    }
}
