using AltSendme.Quic.Simulation;
using AltSendme.Quic.Simulation.PlainCrypto;
using AltSendme.Quic.Streams;

namespace AltSendme.Quic.Tests.Simulated;

/// <summary>Silence, closing, keys that change.</summary>
public sealed class LifeTests
{
    [Fact]
    public void A_silent_connection_ends_after_the_shorter_of_both_idle_timeouts()
    {
        using var pair = new ConnectedPair(1, client: new ConnectionOptions { MaxIdleTimeout = TimeSpan.FromSeconds(5) });
        var start = pair.Network.Now;

        pair.RunUntil(() => pair.Client.Core.IsDrained && pair.Server.Core.IsDrained);

        Assert.Equal((ConnectionCloseKind.IdleTimeout, ConnectionCloseKind.IdleTimeout), (pair.Client.Core.CloseReason!.Kind, pair.Server.Core.CloseReason!.Kind));
        Assert.InRange((pair.Network.Now - start).TotalSeconds, 4.5, 6);
        Assert.Equal(0, pair.ServerHost.Endpoint.Count);
    }

    [Fact]
    public void Keep_alive_holds_a_silent_connection()
    {
        using var pair = new ConnectedPair(1, client: new ConnectionOptions { MaxIdleTimeout = TimeSpan.FromSeconds(10), KeepAliveInterval = TimeSpan.FromSeconds(4) });

        pair.Network.RunFor(TimeSpan.FromMinutes(5));

        Assert.True(pair.Client.Core.IsEstablished && pair.Server.Core.IsEstablished);
    }

    [Fact]
    public void Code_and_reason_of_a_close_are_seen_by_the_peer_and_both_ends_are_forgotten()
    {
        using var pair = new ConnectedPair();

        pair.Client.Core.Close(42, "enough", pair.Network.Now);
        pair.RunUntil(() => pair.Server.Core.CloseReason is not null);

        Assert.Equal(new ConnectionCloseReason(ConnectionCloseKind.PeerApplication, 42, "enough"), pair.Server.Core.CloseReason);
        pair.RunUntil(() => pair.ClientHost.Endpoint.Count == 0 && pair.ServerHost.Endpoint.Count == 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_arrived_can_be_read_after_the_peer_closed_or_fell_silent(bool isSilent)
    {
        using var pair = new ConnectedPair();
        pair.Server.IsReading = false;
        pair.Client.Send(Pattern.Bytes(50_000));
        var cut = pair.OpenStream(StreamDirection.Unidirectional, Pattern.Bytes(500));
        pair.RunUntil(() => pair.Client.Core.UnacknowledgedBytes == 0);
        pair.Network.Filter = (_, _) => !isSilent;
        if (!isSilent)
            pair.Client.Core.Close(5, "", pair.Network.Now);
        pair.RunUntil(() => pair.Server.Core.CloseReason is not null);
        Assert.False(pair.Server.Core.TryOpenStream(StreamDirection.Unidirectional, out _));

        pair.Server.IsReading = true;
        pair.Server.Work();

        Assert.Equal(Pattern.Bytes(50_000), pair.Server.Received.First(one => one.Key != cut.Value).Value.Bytes);
        Assert.Equal(Pattern.Bytes(500), pair.Server.Received[cut.Value].Bytes);
        Assert.False(pair.Server.Received[cut.Value].IsFinished);
    }

    [Fact]
    public void Closing_after_sending_delivers_everything_first()
    {
        using var pair = new ConnectedPair(3, conditions: new LinkConditions { Loss = 0.05 });
        var bytes = Pattern.Bytes(400_000);

        pair.Client.Send(bytes);
        pair.RunUntil(() => pair.Client.HasWrittenAll);
        pair.Client.Core.CloseAfterSending(7, "done", pair.Network.Now);
        pair.RunUntil(() => pair.Server.Core.CloseReason is not null);

        Assert.Equal(7UL, pair.Server.Core.CloseReason!.Code);
        Assert.Equal(bytes, pair.Server.Received.Values.Single().Bytes);
    }

    [Fact]
    public void A_close_is_answered_once_and_the_end_that_closed_need_not_wait()
    {
        using var pair = new ConnectedPair(4);
        pair.Network.RunFor(TimeSpan.FromSeconds(2));
        var sent = pair.Server.Core.Statistics.PacketsSent;

        pair.Client.Core.Close(7, "done", pair.Network.Now);
        pair.RunUntil(() => pair.Client.Core.IsEndAgreed);

        Assert.True(pair.Server.Core.IsEndAgreed);
        Assert.False(pair.Client.Core.IsDrained || pair.Server.Core.IsDrained);

        pair.RunUntil(() => pair.Client.Core.IsDrained && pair.Server.Core.IsDrained);
        Assert.Equal(sent + 1, pair.Server.Core.Statistics.PacketsSent);
        Assert.Equal((ConnectionCloseKind.LocalApplication, ConnectionCloseKind.PeerApplication), (pair.Client.Core.CloseReason!.Kind, pair.Server.Core.CloseReason!.Kind));
    }

    [Fact]
    public void Both_ends_may_close_at_once()
    {
        using var pair = new ConnectedPair(4);
        pair.Network.RunFor(TimeSpan.FromSeconds(2));

        pair.Server.Core.Close(0, "", pair.Network.Now);
        pair.Client.Core.Close(7, "", pair.Network.Now);
        pair.RunUntil(() => pair.Client.Core.IsDrained && pair.Server.Core.IsDrained);

        Assert.Equal(7UL, pair.Client.Core.CloseReason!.Code);
    }

    [Theory, MemberData(nameof(Seeds.Few), MemberType = typeof(Seeds))]
    public void Keys_change_many_times_during_a_transfer_over_a_bad_path(ulong seed)
    {
        var options = new ConnectionOptions { KeyUpdatePackets = 40 };
        using var pair = new ConnectedPair(seed, options, options, new LinkConditions { Loss = 0.03, Jitter = TimeSpan.FromMilliseconds(5) });
        var bytes = Pattern.Bytes(700_000);

        pair.Client.Send(bytes);
        pair.Server.Send(bytes);
        pair.RunUntil(() => pair.Server.Received.Values.Any(static stream => stream.IsFinished) && pair.Client.Received.Values.Any(static stream => stream.IsFinished));

        Assert.Null(pair.Client.Core.CloseReason);
        Assert.Null(pair.Server.Core.CloseReason);
        Assert.Equal(bytes, pair.Server.Received.Values.Single().Bytes);
        Assert.True(pair.Client.Core.Statistics.KeyUpdates > 4, $"{pair.Client.Core.Statistics.KeyUpdates} updates");
    }

    [Fact]
    public void A_key_that_cannot_be_changed_ends_the_connection_before_it_wears_out()
    {
        using var pair = new ConnectedPair(1, clientProvider: new PlainProvider { ConfidentialityLimit = 200 });
        pair.Network.Filter = static (from, _) => !from.IsServer;

        for (var i = 0; i < 400 && pair.Client.Core.CloseReason is null; i++)
        {
            pair.Client.Core.Ping();
            pair.Network.RunFor(TimeSpan.FromMilliseconds(10));
        }

        Assert.Equal((ulong)TransportErrorCode.AeadLimitReached, pair.Client.Core.CloseReason?.Code);
    }

    [Fact]
    public void Datagrams_arrive_and_the_newest_survive_a_full_queue()
    {
        using var pair = new ConnectedPair(1, client: new ConnectionOptions { DatagramSendBuffer = 20_000 });

        for (var i = 0; i < 50; i++)
            Assert.True(pair.Client.Core.TrySendDatagram(Pattern.Bytes(1000, (ulong)i)));
        Assert.False(pair.Client.Core.TrySendDatagram(new byte[pair.Client.Core.MaxDatagramPayload + 1]));
        pair.Network.RunFor(TimeSpan.FromSeconds(1));

        Assert.InRange(pair.Server.Datagrams.Count, 15, 20);
        Assert.Equal(Pattern.Bytes(1000, 49), pair.Server.Datagrams[^1]);
    }

    [Fact]
    public void The_exporter_and_the_peers_key_are_there_once_connected()
    {
        using var pair = new ConnectedPair();

        Assert.True(pair.Client.Core.TryExport("label"u8, default, new byte[32]));
        Assert.Equal(32, pair.Server.Core.PeerPublicKey.Length);
        Assert.False(pair.Server.Core.TryOpenStream((StreamDirection)0, out _) && !pair.Server.Core.IsEstablished);
    }
}
