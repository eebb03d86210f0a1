using AltSendme.Quic.Frames;
using AltSendme.Quic.Paths;
using AltSendme.Quic.Simulation;

namespace AltSendme.Quic.Tests.Simulated;

/// <summary>Addresses that change, paths that shrink, marks that are set or stripped.</summary>
public sealed class PathTests
{
    [Theory, MemberData(nameof(Seeds.Few), MemberType = typeof(Seeds))]
    public void A_transfer_survives_a_client_whose_NAT_forgets_it(ulong seed)
    {
        using var pair = new ConnectedPair(seed);
        var bytes = Pattern.Bytes(800_000);
        pair.Client.Send(bytes);
        pair.RunUntil(() => pair.Server.BytesRead > 300_000);

        pair.Network.Rebind(pair.ClientHost);
        pair.RunUntil(() => pair.Server.Received.Values.Any(static stream => stream.IsFinished));

        Assert.Equal(bytes, pair.Server.Received.Values.Single().Bytes);
        Assert.Equal(pair.ClientHost.Address, pair.Server.Core.Path.Address.Remote);
        pair.RunUntil(() => pair.Server.Core.Path.Amplification.IsValidated);
    }

    [Theory, MemberData(nameof(Seeds.Few), MemberType = typeof(Seeds))]
    public void A_client_that_only_receives_is_found_again_by_the_first_small_packet_from_its_new_address(ulong seed)
    {
        using var pair = new ConnectedPair(seed, client: new ConnectionOptions { KeepAliveInterval = TimeSpan.FromSeconds(1) });
        var bytes = Pattern.Bytes(800_000);
        pair.Server.Send(bytes);
        pair.RunUntil(() => pair.Client.BytesRead > 300_000);

        pair.Network.Rebind(pair.ClientHost);
        pair.Network.RunUntil(() => pair.Client.Received.Values.Any(static stream => stream.IsFinished), TimeSpan.FromSeconds(3));

        Assert.Equal(bytes, pair.Client.Received.Values.Single().Bytes);
        Assert.Equal(pair.ClientHost.Address, pair.Server.Core.Path.Address.Remote);
    }

    [Fact]
    public void A_client_may_move_to_another_address_in_the_middle_of_a_transfer()
    {
        using var pair = new ConnectedPair();
        var bytes = Pattern.Bytes(800_000);
        pair.Client.Send(bytes);
        pair.RunUntil(() => pair.Server.BytesRead > 300_000);

        var address = pair.Network.NewAddress();
        var before = pair.Client.Core.Path.Destination.Id;
        pair.Network.AddAddress(pair.ClientHost, address);
        Assert.True(pair.Client.Core.Migrate(new NetworkPath(address, pair.ServerHost.Address), pair.Network.Now));
        pair.RunUntil(() => pair.Server.Received.Values.Any(static stream => stream.IsFinished));

        Assert.Equal(bytes, pair.Server.Received.Values.Single().Bytes);
        Assert.Equal(address, pair.Server.Core.Path.Address.Remote);
        Assert.NotEqual(before, pair.Client.Core.Path.Destination.Id);
    }

    [Fact]
    public void An_address_that_never_answers_gets_little_and_is_left_again()
    {
        using var pair = new ConnectedPair();
        var original = pair.Server.Core.Path.Address;
        var attacker = pair.Network.NewAddress();
        var isCopied = false;
        pair.Network.Filter = (from, datagram) =>
        {
            if (isCopied || from.IsServer)
                return true;
            isCopied = true;
            pair.ServerHost.OnDatagram(datagram.ToArray(), new NetworkPath(pair.ServerHost.Address, attacker), Ecn.NotCapable);
            Assert.Equal(attacker, pair.Server.Core.Path.Address.Remote);
            return false;
        };

        pair.Server.Send(Pattern.Bytes(400_000));
        pair.RunUntil(() => pair.Client.Received.Values.Any(static stream => stream.IsFinished));

        Assert.Equal(original.Remote, pair.Server.Core.Path.Address.Remote);
    }

    [Theory, MemberData(nameof(Seeds.Few), MemberType = typeof(Seeds))]
    public void A_client_that_sends_from_two_addresses_in_turn_does_not_make_the_server_change_its_path_with_every_packet(ulong seed)
    {
        using var pair = new ConnectedPair(seed);
        var (first, second) = (pair.ClientHost.Address, pair.Network.NewAddress());
        pair.Network.AddAddress(pair.ClientHost, second);
        var sent = 0;
        pair.ClientHost.SourceOf = _ => sent++ % 2 == 0 ? second : first;
        var bytes = Pattern.Bytes(800_000);

        pair.Client.Send(bytes);
        pair.Server.Send(bytes);
        pair.RunUntil(() => pair.Server.Received.Values.Any(static stream => stream.IsFinished) && pair.Client.Received.Values.Any(static stream => stream.IsFinished));

        Assert.Equal(bytes, pair.Client.Received.Values.Single().Bytes);
        Assert.InRange(pair.Server.Events.Count(static happened => happened.Kind == ConnectionEventKind.PathChanged), 1, 4);
        Assert.True(pair.Server.Core.Path.Amplification.IsValidated);

        // What falls silent is left, also for a path that was in use before.
        var (silent, heard) = pair.Server.Core.Path.Address.Remote == first ? (first, second) : (second, first);
        pair.Network.Dead.Add(silent);
        pair.ClientHost.SourceOf = _ => heard;
        pair.Client.Send(bytes);
        pair.Server.Send(bytes);
        pair.RunUntil(() => pair.Client.Received.Values.Count(static stream => stream.IsFinished) == 2);

        Assert.Equal(heard, pair.Server.Core.Path.Address.Remote);
    }

    [Fact]
    public void A_client_that_went_back_to_an_address_is_followed_though_it_still_probes_the_other()
    {
        using var pair = new ConnectedPair();
        var (first, second) = (pair.ClientHost.Address, pair.Network.NewAddress());
        pair.Network.AddAddress(pair.ClientHost, second);
        pair.ClientHost.SourceOf = _ => second;
        pair.Client.Send(Pattern.Bytes(1000));
        pair.Network.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(second, pair.Server.Core.Path.Address.Remote);
        Assert.True(pair.Server.Core.Path.Amplification.IsValidated);

        var forger = new Forger(pair.Network, pair.ServerHost, pair.Server.Core, pair.Client.Core) { From = second };
        forger.Send(static (ref w) => new PathChallengeFrame(1).Write(ref w));
        forger.From = first;
        forger.Send(static (ref w) => w.WriteByte((byte)FrameType.Ping));

        Assert.Equal(first, pair.Server.Core.Path.Address.Remote);
    }

    [Theory]
    [InlineData(1472, 1472)]
    [InlineData(1452, 1452)]
    [InlineData(1300, 1280)]
    [InlineData(9000, 8952)]
    [InlineData(65527, 65507)]
    public void The_largest_datagram_of_a_path_is_found(int pathMtu, int atLeast)
    {
        var options = new ConnectionOptions { MaxDatagramSize = 65507 };
        using var pair = new ConnectedPair(1, options, options, new LinkConditions { Mtu = pathMtu, Delay = TimeSpan.FromMilliseconds(2) });

        pair.Client.Send(Pattern.Bytes(1_000_000));
        pair.RunUntil(() => pair.Server.Received.Values.Any(static stream => stream.IsFinished));
        pair.Network.RunFor(TimeSpan.FromSeconds(5));

        Assert.InRange(pair.Client.Core.Statistics.DatagramSize, atLeast, pathMtu);
    }

    [Theory, MemberData(nameof(Seeds.Few), MemberType = typeof(Seeds))]
    public void A_transfer_survives_a_path_whose_MTU_shrinks(ulong seed)
    {
        using var pair = new ConnectedPair(seed);
        var bytes = Pattern.Bytes(1_500_000);
        pair.Client.Send(bytes);
        pair.RunUntil(() => pair.Server.BytesRead > 700_000);
        Assert.True(pair.Client.Core.Statistics.DatagramSize > 1400);

        pair.Network.Conditions = new LinkConditions { Mtu = 1250 };
        pair.Network.RunUntil(() => pair.Server.Received.Values.Any(static stream => stream.IsFinished), TimeSpan.FromSeconds(30));

        Assert.Equal(bytes, pair.Server.Received.Values.Single().Bytes);
        Assert.True(pair.Client.Core.Path.Mtu.BlackHoles > 0);
    }

    [Fact]
    public void Congestion_marks_slow_the_sender_without_a_loss()
    {
        var conditions = new LinkConditions { BitsPerSecond = 20e6, QueueBytes = 400_000, MarkAboveBytes = 60_000 };
        using var pair = new ConnectedPair(1, conditions: conditions);

        pair.Client.Send(Pattern.Bytes(3_000_000));
        pair.RunUntil(() => pair.Server.Received.Values.Any(static stream => stream.IsFinished));

        Assert.Equal(0UL, pair.Network.ToServer.QueueDrops);
        Assert.Equal(0UL, pair.Client.Core.Statistics.PacketsLost);
        Assert.False(pair.Client.Core.Path.Congestion.IsInSlowStart);
    }

    [Fact]
    public void A_path_that_strips_marks_is_noticed_and_used_without_them()
    {
        using var pair = new ConnectedPair(1, conditions: new LinkConditions { ClearsEcn = true });

        pair.Client.Send(Pattern.Bytes(500_000));
        pair.RunUntil(() => pair.Server.Received.Values.Any(static stream => stream.IsFinished));

        Assert.Equal(Ecn.NotCapable, pair.Client.Core.Path.Ecn.Mark);
    }
}
