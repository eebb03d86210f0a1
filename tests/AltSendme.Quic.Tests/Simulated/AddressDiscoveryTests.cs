using AltSendme.Quic.Frames;
using AltSendme.Quic.Simulation;
using AltSendme.Quic.Tests.Tls;
using AltSendme.Quic.Tls;
using Role = AltSendme.Quic.AddressDiscoveryRole;

namespace AltSendme.Quic.Tests.Simulated;

/// <summary>Ends that tell each other at which address they are seen (draft-ietf-quic-address-discovery).</summary>
public sealed class AddressDiscoveryTests
{
    [Theory]
    [InlineData(Role.Learn, Role.Report, true, false)]
    [InlineData(Role.Report, Role.Learn, false, true)]
    [InlineData(Role.Report | Role.Learn, Role.Report | Role.Learn, true, true)]
    [InlineData(Role.Learn, Role.Learn, false, false)]
    [InlineData(Role.Report, Role.Report, false, false)]
    [InlineData(Role.Learn, Role.None, false, false)]
    [InlineData(Role.None, Role.Report, false, false)]
    public void An_end_that_wants_to_learn_its_address_does_so_from_one_that_reports(Role client, Role server, bool clientLearns, bool serverLearns)
    {
        using var pair = Connect(client, server);

        Assert.Equal(clientLearns ? pair.ClientHost.Address : null, pair.Client.Core.ObservedAddress);
        Assert.Equal(serverLearns ? pair.ServerHost.Address : null, pair.Server.Core.ObservedAddress);
        Assert.Equal(clientLearns, pair.Client.Saw(ConnectionEventKind.AddressObserved));
    }

    [Theory, MemberData(nameof(Seeds.Few), MemberType = typeof(Seeds))]
    public void A_client_whose_NAT_forgets_it_learns_its_new_address(ulong seed)
    {
        using var pair = Connect(Role.Learn, Role.Report, seed, new LinkConditions { Loss = 0.2 });
        pair.RunUntil(() => pair.Client.Core.ObservedAddress == pair.ClientHost.Address);

        foreach (var _ in (ReadOnlySpan<int>)[1, 2, 3])
        {
            pair.Network.Rebind(pair.ClientHost);
            pair.Client.Send(Pattern.Bytes(2000));
            pair.RunUntil(() => pair.Client.Core.ObservedAddress == pair.ClientHost.Address);
        }

        Assert.Equal(4, pair.Client.Events.Count(static happened => happened.Kind == ConnectionEventKind.AddressObserved));
    }

    [Fact]
    public void A_report_that_is_not_newer_than_the_last_is_ignored()
    {
        using var pair = Connect(Role.Learn, Role.Report);
        var forger = new Forger(pair.Network, pair.ClientHost, pair.Client.Core, pair.Server.Core);
        var other = pair.Network.NewAddress();

        forger.Send((ref w) => new ObservedAddressFrame(0, other).Write(ref w));
        Assert.Equal(pair.ClientHost.Address, pair.Client.Core.ObservedAddress);

        forger.Send((ref w) => new ObservedAddressFrame(7, other).Write(ref w));
        Assert.Equal(other, pair.Client.Core.ObservedAddress);
    }

    [Fact]
    public void A_report_that_was_not_agreed_on_ends_the_connection()
    {
        using var pair = Connect(Role.None, Role.Report);

        new Forger(pair.Network, pair.ClientHost, pair.Client.Core, pair.Server.Core).Send((ref w) => new ObservedAddressFrame(0, pair.ClientHost.Address).Write(ref w));

        Assert.Equal((ulong)TransportErrorCode.ProtocolViolation, pair.Client.Core.CloseReason!.Code);
    }

    [Fact]
    public void Nobody_is_told_an_address_that_stands_for_a_relay()
    {
        var roles = new ConnectionOptions { AddressDiscovery = Role.Learn | Role.Report };
        using var pair = new ConnectedPair(1, roles, roles);
        pair.Network.RunFor(TimeSpan.FromSeconds(1));

        Assert.Equal((null, null), (pair.Client.Core.ObservedAddress, pair.Server.Core.ObservedAddress));
    }

    [Theory, MemberData(nameof(Seeds.Few), MemberType = typeof(Seeds))]
    public void A_certificate_of_several_KiB_arrives_though_little_may_be_sent_to_an_unproven_address(ulong seed)
    {
        using var certificate = Authority.Test.Issue(padding: 120);
        Assert.InRange(certificate.RawData.Length, 7000, 12_000);
        var sent = 0L;
        var received = 0L;
        using var network = new SimulatedNetwork(seed) { Conditions = new LinkConditions { Loss = 0.05 }, HasIpAddresses = true };
        var server = network.AddHost(isServer: true, new TlsProvider(Authority.Server(certificate)), new ConnectionOptions { AddressDiscovery = Role.Report });
        var client = network.AddHost(isServer: false, new TlsProvider(Authority.Client(Authority.Name)), new ConnectionOptions { AddressDiscovery = Role.Learn });
        network.Filter = (from, datagram) =>
        {
            if (from == server)
                sent += datagram.Length;
            else
                received += datagram.Length;
            Assert.True(server.Connections.Any(static one => one.Core.Path.Amplification.IsValidated) || sent <= (long)Limits.AmplificationFactor * received);
            return true;
        };

        var connection = client.Connect(server);
        network.RunUntil(() => connection.Core.ObservedAddress == client.Address, ConnectedPair.Patience);

        Assert.True(connection.Core.PeerPublicKey.IsEmpty);
    }

    private static ConnectedPair Connect(Role client, Role server, ulong seed = 1, LinkConditions? conditions = null)
    {
        var pair = new ConnectedPair(seed, new ConnectionOptions { AddressDiscovery = client }, new ConnectionOptions { AddressDiscovery = server }, conditions, hasIpAddresses: true);
        if (conditions is null)
            pair.Network.RunFor(TimeSpan.FromSeconds(1));
        return pair;
    }
}
