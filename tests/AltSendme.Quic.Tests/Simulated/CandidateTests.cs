using System.Net;
using AltSendme.Quic.Paths;
using AltSendme.Quic.Simulation;

namespace AltSendme.Quic.Tests.Simulated;

/// <summary>Servers with several addresses: the first that answers is used, a better one later, another one when it fails.</summary>
public sealed class CandidateTests
{
    private static readonly NetworkAddress FirstDirect = NetworkAddress.From(IPAddress.Parse("192.0.2.1"), 4433);
    private static readonly NetworkAddress SecondDirect = NetworkAddress.From(IPAddress.Parse("2001:db8::1"), 4433);

    [Theory, MemberData(nameof(Seeds.Few), MemberType = typeof(Seeds))]
    public void The_first_flight_goes_to_all_addresses_and_one_that_works_is_used(ulong seed)
    {
        using var network = Network(seed, out var server, out var client);
        network.Dead.Add(FirstDirect);

        var connection = client.Connect(FirstDirect, SecondDirect, NetworkAddress.From(IPAddress.Loopback, 1));
        RunUntilConfirmed(network, connection);

        Assert.Equal(SecondDirect, connection.Core.Path.Address.Remote);
        Assert.Single(server.Connections);
        Assert.True(network.Now < new Instant(1_000_000) + TimeSpan.FromMilliseconds(500), "It must not wait for a timeout of the dead address.");
    }

    [Fact]
    public void An_address_that_is_learnt_during_the_handshake_is_tried_at_once()
    {
        using var network = Network(1, out _, out var client);
        network.Dead.Add(FirstDirect);
        var connection = client.Connect(FirstDirect);
        network.RunFor(TimeSpan.FromMilliseconds(50));

        connection.Core.AddRemote(SecondDirect, network.Now);
        var before = network.Now;
        RunUntilConfirmed(network, connection);

        Assert.True(network.Now - before < TimeSpan.FromMilliseconds(500));
        Assert.Equal(SecondDirect, connection.Core.Path.Address.Remote);
    }

    [Fact]
    public void A_server_that_sees_one_Initial_from_two_sources_makes_one_connection()
    {
        using var network = Network(1, out var server, out var client);

        var connection = client.Connect(FirstDirect, SecondDirect);
        RunUntilConfirmed(network, connection);
        network.RunFor(TimeSpan.FromSeconds(1));

        Assert.Single(server.Connections);
        Assert.Null(connection.Core.CloseReason);
    }

    [Fact]
    public void A_Retry_binds_the_handshake_to_the_address_that_sent_it()
    {
        using var network = Network(1, out var server, out var client);
        network.Dead.Add(FirstDirect);
        server.OnIncoming = incoming => incoming.IsAddressValidated ? IncomingDecision.Accept : IncomingDecision.Retry;

        var connection = client.Connect(FirstDirect, SecondDirect);
        RunUntilConfirmed(network, connection);

        Assert.Equal(SecondDirect, connection.Core.Path.Address.Remote);
    }

    [Theory, MemberData(nameof(Seeds.Few), MemberType = typeof(Seeds))]
    public void A_relayed_transfer_moves_to_a_direct_path_as_soon_as_one_works(ulong seed)
    {
        using var network = Network(seed, out var server, out var client);
        network.Dead.Add(FirstDirect);
        var connection = client.Connect(server.Address, FirstDirect);
        RunUntilConfirmed(network, connection);
        var bytes = Pattern.Bytes(900_000);
        connection.Send(bytes);
        network.RunUntil(() => server.Connections[0].BytesRead > 100_000, ConnectedPair.Patience);
        Assert.Equal(server.Address, connection.Core.Path.Address.Remote);

        network.Dead.Remove(FirstDirect);
        connection.Core.ProbeBetter(network.Now);
        network.RunUntil(() => server.Connections[0].Received.Values.Any(static stream => stream.IsFinished), ConnectedPair.Patience);

        Assert.Equal(bytes, server.Connections[0].Received.Values.Single().Bytes);
        Assert.Equal(FirstDirect, connection.Core.Path.Address.Remote);
        Assert.Equal(FirstDirect, server.Connections[0].Core.Path.Address.Local);
    }

    [Theory, MemberData(nameof(Seeds.Few), MemberType = typeof(Seeds))]
    public void A_transfer_whose_direct_path_dies_goes_on_over_the_relay(ulong seed)
    {
        using var network = Network(seed, out var server, out var client);
        var connection = client.Connect(FirstDirect, server.Address);
        RunUntilConfirmed(network, connection);
        Assert.Equal(FirstDirect, connection.Core.Path.Address.Remote);
        var bytes = Pattern.Bytes(900_000);
        connection.Send(bytes);
        network.RunUntil(() => server.Connections[0].BytesRead > 100_000, ConnectedPair.Patience);

        network.Dead.Add(FirstDirect);
        network.RunUntil(() => server.Connections[0].Received.Values.Any(static stream => stream.IsFinished), TimeSpan.FromSeconds(20));

        Assert.Equal(bytes, server.Connections[0].Received.Values.Single().Bytes);
        Assert.Equal(server.Address, connection.Core.Path.Address.Remote);
    }

    [Fact]
    public void A_client_that_only_receives_notices_a_dead_path_by_its_keep_alive()
    {
        using var network = Network(1, out var server, out var client, new ConnectionOptions { KeepAliveInterval = TimeSpan.FromSeconds(5) });
        var connection = client.Connect(FirstDirect, server.Address);
        RunUntilConfirmed(network, connection);
        var bytes = Pattern.Bytes(900_000);
        server.Connections[0].Send(bytes);
        network.RunUntil(() => connection.BytesRead > 100_000, ConnectedPair.Patience);

        network.Dead.Add(FirstDirect);
        network.RunUntil(() => connection.Received.Values.Any(static stream => stream.IsFinished), TimeSpan.FromSeconds(30));

        Assert.Equal(bytes, connection.Received.Values.Single().Bytes);
    }

    [Fact]
    public void Addresses_that_never_answer_cost_neither_the_connection_nor_its_ids()
    {
        using var network = Network(1, out var server, out var client);
        var connection = client.Connect(server.Address);
        RunUntilConfirmed(network, connection);
        for (var i = 1; i <= 20; i++)
            connection.Core.AddRemote(NetworkAddress.From(IPAddress.Parse($"198.51.100.{i}"), 9), network.Now);

        for (var round = 0; round < 10; round++)
        {
            connection.Core.ProbeBetter(network.Now);
            network.RunFor(TimeSpan.FromSeconds(20));
        }

        connection.Core.AddRemote(FirstDirect, network.Now);
        network.RunFor(TimeSpan.FromSeconds(1));
        Assert.Null(connection.Core.CloseReason);
    }

    [Fact]
    public void A_client_that_shakes_hands_from_two_addresses_is_understood()
    {
        using var network = Network(1, out var server, out var client);
        var other = network.NewAddress();
        network.AddAddress(client, other);
        var sent = 0;
        client.SourceOf = _ => sent++ % 2 == 0 ? client.Address : other;
        var connection = client.Connect(FirstDirect);
        RunUntilConfirmed(network, connection);

        connection.Send(Pattern.Bytes(50_000));
        network.RunUntil(() => server.Connections[0].Received.Values.Any(static stream => stream.IsFinished), ConnectedPair.Patience);

        Assert.Single(server.Connections);
    }

    [Fact]
    public void A_server_that_answers_from_another_of_its_addresses_is_understood()
    {
        using var network = Network(1, out var server, out var client);
        var connection = client.Connect(FirstDirect, SecondDirect);
        RunUntilConfirmed(network, connection);
        server.SourceOf = static _ => SecondDirect;

        server.Connections[0].Send(Pattern.Bytes(200_000));
        network.RunUntil(() => connection.Received.Values.Any(static stream => stream.IsFinished), TimeSpan.FromSeconds(5));
    }

    private static SimulatedNetwork Network(ulong seed, out SimulatedHost server, out SimulatedHost client, ConnectionOptions? options = null)
    {
        var network = new SimulatedNetwork(seed) { Conditions = new LinkConditions { Delay = TimeSpan.FromMilliseconds(10), BitsPerSecond = 50e6 } };
        server = network.AddHost(isServer: true);
        network.AddAddress(server, FirstDirect);
        network.AddAddress(server, SecondDirect);
        client = network.AddHost(isServer: false, options: options);
        return network;
    }

    private static void RunUntilConfirmed(SimulatedNetwork network, SimulatedConnection connection) =>
        network.RunUntil(() => connection.Saw(ConnectionEventKind.Confirmed), ConnectedPair.Patience);
}
