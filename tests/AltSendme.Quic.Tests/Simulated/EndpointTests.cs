using AltSendme.Quic.Crypto;
using AltSendme.Quic.Endpoints;
using AltSendme.Quic.Metrics;
using AltSendme.Quic.Packets;
using AltSendme.Quic.Paths;
using AltSendme.Quic.Simulation;
using AltSendme.Quic.Simulation.PlainCrypto;
using AltSendme.Quic.Tests.Tls;
using AltSendme.Quic.Tls;

namespace AltSendme.Quic.Tests.Simulated;

/// <summary>What an endpoint does before there is a connection, and after it is gone.</summary>
[Collection(nameof(Alone))]
public sealed class EndpointTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_client_that_is_asked_to_retry_comes_back_and_connects()
    {
        using var network = new SimulatedNetwork(1);
        var server = network.AddHost(isServer: true);
        var client = network.AddHost(isServer: false);
        server.OnIncoming = static incoming => incoming.IsAddressValidated ? IncomingDecision.Accept : IncomingDecision.Retry;

        var connection = client.Connect(server);
        connection.Send(Pattern.Bytes(5000));
        network.RunUntil(() => server.Connections.Count == 1 && server.Connections[0].Received.Values.Any(static stream => stream.IsFinished), Patience);

        Assert.Equal(0, server.Endpoint.UnprovenHandshakes);
    }

    [Fact]
    public void A_client_that_is_refused_learns_it_at_once()
    {
        using var network = new SimulatedNetwork(1);
        var server = network.AddHost(isServer: true);
        server.OnIncoming = static _ => IncomingDecision.Refuse;

        var connection = network.AddHost(isServer: false).Connect(server);
        network.RunUntil(() => connection.Core.CloseReason is not null, Patience);

        Assert.Equal((ConnectionCloseKind.PeerTransport, (ulong)TransportErrorCode.ConnectionRefused), (connection.Core.CloseReason!.Kind, connection.Core.CloseReason.Code));
    }

    [Fact]
    public void A_client_that_nobody_answers_gives_up()
    {
        using var network = new SimulatedNetwork(1);
        var server = network.AddHost(isServer: true);
        server.OnIncoming = static _ => IncomingDecision.Ignore;

        var connection = network.AddHost(isServer: false).Connect(server);
        network.RunUntil(() => connection.Core.IsDrained, Patience);

        Assert.Equal(ConnectionCloseKind.HandshakeTimeout, connection.Core.CloseReason!.Kind);
    }

    [Fact]
    public void A_first_datagram_with_a_damaged_source_does_not_lead_the_servers_answers_astray()
    {
        using var network = new SimulatedNetwork(1);
        var (server, client) = (network.AddHost(isServer: true), network.AddHost(isServer: false));
        network.Filter = (from, datagram) =>
        {
            // Flags, version, length and 20 bytes of the destination id, length of the source id.
            const int SourceId = 1 + 4 + 1 + 20 + 1;
            var damaged = datagram.ToArray();
            damaged[SourceId] ^= 1;
            if (from == client && server.Connections.Count == 0)
                server.OnDatagram(damaged, new NetworkPath(server.Address, client.Address), Ecn.NotCapable);
            return true;
        };

        var connection = client.Connect(server);
        network.RunUntil(() => connection.Core.IsEstablished, TimeSpan.FromSeconds(2));

        Assert.Single(server.Connections);
    }

    [Fact]
    public void A_server_that_forgot_a_connection_resets_it_and_the_client_notices()
    {
        using var pair = new ConnectedPair();
        pair.Server.Core.Close(0, "", pair.Network.Now);
        pair.Network.Filter = static (from, _) => !from.IsServer;
        pair.RunUntil(() => pair.Server.Core.IsDrained);
        pair.Network.Filter = null;

        pair.Client.Send(Pattern.Bytes(1000));
        pair.RunUntil(() => pair.Client.Core.CloseReason is not null);

        Assert.Equal(ConnectionCloseKind.StatelessReset, pair.Client.Core.CloseReason!.Kind);
    }

    [Fact]
    public void A_reset_whose_random_bytes_look_like_a_packet_that_came_already_is_believed()
    {
        // Flags, an id of 8 bytes, packet number 0, zeros for a sample that masks nothing.
        using var pair = new ConnectedPair();
        var reset = new byte[64];
        reset[0] = HeaderBits.Fixed;
        pair.Client.Core.PeerParameters!.ResetToken!.Value.CopyTo(reset.AsSpan(reset.Length - StatelessReset.TokenLength));

        pair.Client.Core.Receive(reset, new NetworkPath(default, pair.ServerHost.Address), Ecn.NotCapable, pair.Network.Now);

        Assert.Equal(ConnectionCloseKind.StatelessReset, pair.Client.Core.CloseReason?.Kind);
    }

    [Fact]
    public void Resets_are_sent_a_hundred_times_a_second_at_most()
    {
        var endpoint = NewServer();
        var datagram = new byte[100];
        datagram[0] = HeaderBits.Fixed;

        int Answers(Instant now) => Enumerable.Range(0, 1000).Count(_ => endpoint.Route(datagram, default, new byte[1200], now).Kind == RouteKind.Response);

        Assert.Equal(100, Answers(new Instant(1_000_000)));
        Assert.Equal(0, Answers(new Instant(1_999_000)));
        Assert.Equal(100, Answers(new Instant(2_000_000)));
    }

    [Fact]
    public void An_unknown_version_is_answered_with_the_versions_there_are()
    {
        var endpoint = NewServer();
        var datagram = new byte[1200];
        datagram[0] = 0xc0;
        datagram[1] = 0xfa;
        datagram[5] = 8;
        datagram[14] = 8;
        var response = new byte[1200];

        var route = endpoint.Route(datagram, default, response, new Instant(1));

        Assert.Equal(RouteKind.Response, route.Kind);
        Assert.True(VersionNegotiationPacket.Offers(response.AsSpan(0, route.ResponseLength), QuicVersion.V1, out var isWellFormed) && isWellFormed);
    }

    [Theory]
    [InlineData(1199, "too small")]
    [InlineData(20, "far too small")]
    public void Small_first_datagrams_are_not_answered(int length, string why)
    {
        var endpoint = NewServer();
        var initial = FirstDatagram(new SeededRandom(4));

        Assert.True(RouteKind.Dropped == endpoint.Route(initial.AsSpan(0, length), default, new byte[1200], new Instant(1)).Kind, why);
    }

    [Fact]
    public void A_flood_of_a_hundred_thousand_forged_first_datagrams_leaves_the_server_small_and_serving_others()
    {
        const int Flood = 100_000;
        var serverTls = HandshakePair.Configure(HandshakePair.ServerIdentity);
        var clientTls = new TlsProvider(HandshakePair.Configure(HandshakePair.ClientIdentity) with { ExpectedPeer = serverTls.PublicKey });
        using var network = new SimulatedNetwork(7);
        var server = network.AddHost(isServer: true, new TlsProvider(serverTls));
        var flood = new SeededRandom(99);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        ulong received = 0;
        var datagram = FirstDatagram(flood, clientTls);
        for (var i = 0; i < Flood; i++)
        {
            // The first ones begin real handshakes. Of the others nobody reads more than the ids, so new ids make them new.
            if (i < 400)
                datagram = FirstDatagram(flood, clientTls);
            else
                flood.Fill(datagram.AsSpan(6, 8));
            received += (ulong)datagram.Length;
            server.OnDatagram(datagram, new NetworkPath(server.Address, NetworkAddress.Opaque(1_000_000 + (UInt128)i)), Ecn.NotCapable);
        }

        var connection = network.AddHost(isServer: false, clientTls).Connect(server);
        network.RunUntil(() => connection.Core.IsEstablished, TimeSpan.FromSeconds(5));

        var sent = server.StatelessBytesSent + server.Connections.Aggregate(0UL, static (sum, one) => sum + one.Core.Statistics.BytesSent);
        Assert.True(server.Endpoint.Count <= 300, $"{server.Endpoint.Count} connections");
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, 0, 64 << 20);
        Assert.True(sent <= 3 * received, $"sent {sent}, received {received}");
        Assert.True(server.Endpoint.Counters[EndpointCount.Retries] >= Flood - 300);
    }

    private static Endpoint NewServer() => new(new EndpointOptions { AcceptsConnections = true }, new PlainProvider(), new SeededRandom(1));

    private static byte[] FirstDatagram(SeededRandom random, ICryptoProvider? provider = null)
    {
        provider ??= new PlainProvider();
        var endpoint = new Endpoint(new EndpointOptions(), provider, random);
        using var connection = endpoint.Connect(provider, new ConnectionOptions(), new NetworkPath(default, NetworkAddress.Opaque(1)), new Instant(1));
        var buffer = new byte[1500];
        Assert.True(connection.TryTransmit(buffer, new Instant(1), out var transmit));
        return buffer[..transmit.Length];
    }
}
