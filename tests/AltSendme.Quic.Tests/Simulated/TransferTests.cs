using AltSendme.Quic.Simulation;

namespace AltSendme.Quic.Tests.Simulated;

/// <summary>Whole transfers between two endpoints, over networks of every quality.</summary>
public sealed class TransferTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public void Two_endpoints_shake_hands_and_exchange_a_stream()
    {
        using var network = new SimulatedNetwork(1);

        Exchange(network, length: 100_000);
    }

    [Theory, MemberData(nameof(Seeds.Many), MemberType = typeof(Seeds))]
    public void Data_arrives_whole_over_a_path_that_loses_one_packet_in_five(ulong seed)
    {
        using var network = new SimulatedNetwork(seed) { Conditions = new LinkConditions { Loss = 0.2, Delay = TimeSpan.FromMilliseconds(20) } };

        Exchange(network, length: 300_000);
    }

    [Theory, MemberData(nameof(Seeds.Many), MemberType = typeof(Seeds))]
    public void Data_arrives_whole_over_a_path_that_reorders_duplicates_and_corrupts(ulong seed)
    {
        using var network = new SimulatedNetwork(seed)
        {
            Conditions = new LinkConditions { Loss = 0.02, Duplication = 0.05, Corruption = 0.02, Jitter = TimeSpan.FromMilliseconds(15), Delay = TimeSpan.FromMilliseconds(5) },
        };

        Exchange(network, length: 300_000);
    }

    [Fact]
    public void A_client_whose_finished_message_is_lost_often_still_connects_although_its_data_fills_the_window()
    {
        using var network = new SimulatedNetwork(1);
        var server = network.AddHost(isServer: true);
        var client = network.AddHost(isServer: false);
        var connection = client.Connect(server);
        connection.Send(Pattern.Bytes(300_000));
        var lost = 0;
        network.Filter = (from, _) => from != client || !connection.Core.IsEstablished || ++lost > 13;

        network.RunUntil(() => server.Connections.Count == 1 && server.Connections[0].Received.Values.Any(static stream => stream.IsFinished), Patience);

        Assert.Equal(Pattern.Bytes(300_000), server.Connections[0].Received.Values.Single().Bytes);
    }

    private static void Exchange(SimulatedNetwork network, int length)
    {
        var server = network.AddHost(isServer: true);
        var client = network.AddHost(isServer: false);
        var up = Pattern.Bytes(length, 1);
        var down = Pattern.Bytes(length, 2);

        var connection = client.Connect(server);
        connection.Send(up);
        network.RunUntil(() => server.Connections.Count == 1 && server.Connections[0].Core.IsEstablished, Patience);
        server.Connections[0].Send(down);
        network.RunUntil(() => Got(connection, 1) && Got(server.Connections[0], 1), Patience);

        Assert.Equal(up, server.Connections[0].Received.Values.Single().Bytes);
        Assert.Equal(down, connection.Received.Values.Single().Bytes);
    }

    private static bool Got(SimulatedConnection connection, int streams) =>
        connection.Received.Count == streams && connection.Received.Values.All(static stream => stream.IsFinished);
}
