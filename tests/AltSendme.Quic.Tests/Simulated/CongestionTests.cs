using AltSendme.Quic.Simulation;

namespace AltSendme.Quic.Tests.Simulated;

/// <summary>What RFC 9438 promises of CUBIC.</summary>
public sealed class CongestionTests
{
    [Fact]
    public void Throughput_over_a_long_lossy_path_is_what_the_model_of_RFC_9438_gives()
    {
        const double RoundTrip = 0.1;
        const double Loss = 0.001;
        using var pair = new ConnectedPair(2, conditions: new LinkConditions { BitsPerSecond = 100e6, Delay = TimeSpan.FromSeconds(RoundTrip / 2), QueueBytes = 1_250_000 });
        pair.Network.ToServer.Conditions = pair.Network.ToServer.Conditions with { Loss = Loss };
        StartEndless(pair.Client);
        pair.Network.RunFor(TimeSpan.FromSeconds(10));
        pair.Server.IsKeeping = false;

        var rate = Measure(pair.Network, pair.Server, TimeSpan.FromSeconds(100));

        // Section 5.2, equation 5 with C = 0.4 and beta = 0.7, or the Reno-friendly window where that is larger (section 4.3).
        var cubic = Math.Pow(0.4 * (3 + 0.7) / (4 * (1 - 0.7)), 0.25) * Math.Pow(RoundTrip / Loss, 0.75);
        var model = Math.Max(cubic, Math.Sqrt(1.5 / Loss)) * 1452 * 8 / RoundTrip;
        Assert.True(rate > 0.9 * model, $"{rate / 1e6:f2} Mbit/s, the model gives {model / 1e6:f2}");
    }

    [Fact]
    public void Two_flows_share_a_link_and_lose_little_in_its_queue()
    {
        const int Seconds = 150;
        using var network = new SimulatedNetwork(3) { Conditions = new LinkConditions { BitsPerSecond = 10e6, Delay = TimeSpan.FromMilliseconds(20), QueueBytes = 50_000 } };
        var server = network.AddHost(isServer: true);
        for (var i = 0; i < 2; i++)
        {
            var client = network.AddHost(isServer: false).Connect(server);
            network.RunUntil(() => client.Core.IsEstablished, TimeSpan.FromSeconds(5));
            StartEndless(client);
        }

        network.RunFor(TimeSpan.FromSeconds(20));
        var before = server.Connections.Select(static connection => connection.BytesRead).ToArray();
        var (offered, drops) = (network.ToServer.Offered, network.ToServer.QueueDrops);
        network.RunFor(TimeSpan.FromSeconds(Seconds));

        var read = server.Connections.Zip(before, static (connection, start) => (double)(connection.BytesRead - start)).ToArray();
        Assert.InRange(read[0] / (read[0] + read[1]), 0.45, 0.55);
        Assert.True(read.Sum() * 8 / Seconds > 0.9 * 10e6, $"{read.Sum() * 8 / Seconds / 1e6:f1} Mbit/s");
        Assert.True(network.ToServer.QueueDrops - drops < (network.ToServer.Offered - offered) / 100);
    }

    [Theory]
    [InlineData(20, 40)]
    [InlineData(100, 100)]
    [InlineData(500, 20)]
    public void Start_up_overflows_a_queue_of_one_round_trip_by_little(double megabits, double roundTrip)
    {
        var bytesInFlight = megabits * 1e6 / 8 * roundTrip / 1000;
        using var flow = new Flow(new LinkConditions { BitsPerSecond = megabits * 1e6, Delay = TimeSpan.FromMilliseconds(roundTrip / 2), QueueBytes = (int)bytesInFlight });
        var link = flow.Network.ToServer;

        flow.Measure(24 * roundTrip / 1000);

        Assert.True(link.QueueDrops < 0.75 * bytesInFlight / 1452, $"{link.QueueDrops} of {link.Offered} datagrams were dropped");
    }

    [Fact]
    public void A_window_that_flow_control_leaves_empty_does_not_grow()
    {
        const ulong Credit = 100_000;
        var narrow = new ConnectionOptions { InitialStreamWindow = Credit, MaxStreamWindow = Credit, InitialConnectionWindow = Credit, MaxConnectionWindow = Credit };
        using var pair = new ConnectedPair(1, server: narrow, conditions: new LinkConditions { BitsPerSecond = 1e9, Delay = TimeSpan.FromMilliseconds(20) });
        pair.Server.IsKeeping = false;
        StartEndless(pair.Client);

        pair.Network.RunFor(TimeSpan.FromSeconds(20));

        Assert.True(pair.Server.BytesRead > 100 * Credit);
        Assert.InRange(pair.Client.Core.Path.Congestion.Window, Credit, 3 * Credit);
    }

    [Fact]
    public void A_window_that_the_application_leaves_empty_does_not_grow()
    {
        const ulong Piece = 40_000;
        using var pair = new ConnectedPair(1, conditions: new LinkConditions { BitsPerSecond = 1e9, Delay = TimeSpan.FromMilliseconds(20) });
        SendPieces(20);
        var before = pair.Client.Core.Path.Congestion.Window;

        SendPieces(200);

        Assert.Equal(220 * Piece, pair.Server.BytesRead);
        Assert.InRange(before, Piece, 5 * Piece);
        Assert.Equal(before, pair.Client.Core.Path.Congestion.Window);

        void SendPieces(int count)
        {
            for (var i = 0; i < count; i++)
            {
                pair.Client.Send(Pattern.Bytes((int)Piece));
                pair.Network.RunFor(TimeSpan.FromMilliseconds(50));
            }
        }
    }

    [Fact]
    public void A_path_of_jumbo_datagrams_has_room_for_two_of_them_after_heavy_loss()
    {
        const int Jumbo = 65507;
        var options = new ConnectionOptions { MaxDatagramSize = Jumbo };
        var conditions = new LinkConditions { Mtu = Jumbo, Delay = TimeSpan.FromMilliseconds(2), BitsPerSecond = 1e9, QueueBytes = 1_000_000 };
        using var pair = new ConnectedPair(1, options, options, conditions);
        pair.Server.IsKeeping = false;
        StartEndless(pair.Client);
        pair.Network.RunFor(TimeSpan.FromMilliseconds(200));

        pair.Network.Conditions = conditions with { Loss = 0.1 };
        pair.Network.RunFor(TimeSpan.FromMilliseconds(500));

        Assert.Equal(Jumbo, pair.Client.Core.Statistics.DatagramSize);
        Assert.True(pair.Client.Core.Path.Congestion.Window >= 2 * Jumbo);
    }

    private static void StartEndless(SimulatedConnection connection)
    {
        connection.EndlessChunk = 16384;
        connection.Send([0]);
    }

    private static double Measure(SimulatedNetwork network, SimulatedConnection receiver, TimeSpan duration)
    {
        var before = receiver.BytesRead;
        network.RunFor(duration);
        return (receiver.BytesRead - before) * 8 / duration.TotalSeconds;
    }
}
