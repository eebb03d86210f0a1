using AltSendme.Quic.Packets;
using AltSendme.Quic.Simulation;
using AltSendme.Quic.Tests.Tls;
using AltSendme.Quic.Tls;

namespace AltSendme.Quic.Tests.Simulated;

/// <summary>The transport with the real TLS: what the stand-in cannot show.</summary>
public sealed class TlsTransferTests
{
    [Theory, MemberData(nameof(Seeds.Few), MemberType = typeof(Seeds))]
    public void Data_and_identities_arrive_over_a_bad_path_while_keys_change(ulong seed)
    {
        var server = HandshakePair.Configure(HandshakePair.ServerIdentity);
        var client = HandshakePair.Configure(HandshakePair.ClientIdentity) with { ExpectedPeer = server.PublicKey };
        var options = new ConnectionOptions { KeyUpdatePackets = 60 };
        using var pair = new ConnectedPair(
            seed, options, options, new LinkConditions { Loss = 0.05, Corruption = 0.02, Duplication = 0.02, Jitter = TimeSpan.FromMilliseconds(10) }, new TlsProvider(client), new TlsProvider(server));
        var bytes = Pattern.Bytes(200_000);

        pair.Client.Send(bytes);
        pair.Server.Send(bytes);
        pair.RunUntil(() => pair.Server.Received.Values.Any(static stream => stream.IsFinished) && pair.Client.Received.Values.Any(static stream => stream.IsFinished));

        Assert.Equal(bytes, pair.Server.Received.Values.Single().Bytes);
        Assert.Equal(bytes, pair.Client.Received.Values.Single().Bytes);
        Assert.True(pair.Client.Core.PeerPublicKey.SequenceEqual(server.PublicKey.Span));
        Assert.True(pair.Server.Core.PeerPublicKey.SequenceEqual(client.PublicKey.Span));
        Assert.True(pair.Client.Core.Statistics.KeyUpdates > 0);
    }

    [Fact]
    public void A_reset_token_is_never_readable_on_the_way()
    {
        var server = HandshakePair.Configure(HandshakePair.ServerIdentity);
        var client = HandshakePair.Configure(HandshakePair.ClientIdentity) with { ExpectedPeer = server.PublicKey };
        using var network = new SimulatedNetwork(1);
        var serverHost = network.AddHost(isServer: true, new TlsProvider(server));
        var datagrams = new List<byte[]>();
        network.Filter = (_, datagram) =>
        {
            datagrams.Add(datagram.ToArray());
            return true;
        };

        var connection = network.AddHost(isServer: false, new TlsProvider(client)).Connect(serverHost);
        connection.Send(Pattern.Bytes(20_000));
        network.RunUntil(() => serverHost.Connections.Any(static one => one.Received.Values.Any(static stream => stream.IsFinished)), TimeSpan.FromSeconds(10));

        var token = new byte[StatelessReset.TokenLength];
        connection.Core.PeerParameters!.ResetToken!.Value.CopyTo(token);
        Assert.DoesNotContain(datagrams, datagram => datagram.AsSpan().IndexOf(token) >= 0);
    }

    [Fact]
    public void A_server_with_another_key_than_the_one_dialled_is_refused_by_alert()
    {
        using var network = new SimulatedNetwork(1);
        var server = network.AddHost(isServer: true, new TlsProvider(HandshakePair.Configure(HandshakePair.ServerIdentity)));
        var wanted = HandshakePair.Configure(HandshakePair.ClientIdentity);
        var client = network.AddHost(isServer: false, new TlsProvider(wanted with { ExpectedPeer = wanted.PublicKey }));

        var connection = client.Connect(server);
        network.RunUntil(() => connection.Core.CloseReason is not null && server.Connections[0].Core.CloseReason is not null, TimeSpan.FromSeconds(10));

        Assert.Equal(ConnectionCloseKind.LocalTransport, connection.Core.CloseReason!.Kind);
        Assert.InRange(connection.Core.CloseReason.Code, 0x100UL, 0x1ffUL);
        Assert.Equal((ConnectionCloseKind.PeerTransport, connection.Core.CloseReason.Code), (server.Connections[0].Core.CloseReason!.Kind, server.Connections[0].Core.CloseReason!.Code));
    }
}
