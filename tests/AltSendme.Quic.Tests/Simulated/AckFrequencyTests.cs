using AltSendme.Quic.Frames;
using AltSendme.Quic.Simulation;

namespace AltSendme.Quic.Tests.Simulated;

/// <summary>How often packets are acknowledged: RFC 9000, section 13.2, and draft-ietf-quic-ack-frequency.</summary>
public sealed class AckFrequencyTests : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly ConnectedPair _pair;
    private readonly Forger _forger;

    public AckFrequencyTests()
    {
        var options = new ConnectionOptions { DiscoverMtu = false };
        _pair = new ConnectedPair(1, options, options);
        _pair.Network.RunFor(TimeSpan.FromSeconds(1));

        // The client would not understand the answers to packets that are forged in its name.
        _pair.Network.Filter = (from, _) => from != _pair.ServerHost;
        _forger = new Forger(_pair.Network, _pair.ServerHost, _pair.Server.Core, _pair.Client.Core) { From = _pair.ClientHost.Address };
    }

    private ulong Sent => _pair.Server.Core.Statistics.PacketsSent;

    [Fact]
    public void A_peer_that_asks_for_rare_acknowledgements_gets_one_for_so_many_packets()
    {
        Ask(new AckFrequencyFrame(0, 9, 300_000, 0));

        Assert.Equal(0, AnswersTo(9));
        Assert.Equal(1, AnswersTo(1));
    }

    [Fact]
    public void A_peer_that_asks_for_every_packet_to_be_acknowledged_gets_that()
    {
        Ask(new AckFrequencyFrame(0, 0, 300_000, 0));

        Assert.Equal(6, AnswersTo(6));
    }

    [Fact]
    public void An_acknowledgement_waits_as_long_as_the_peer_asks_and_no_longer()
    {
        Ask(new AckFrequencyFrame(0, 100, 80_000, 0));
        Assert.Equal(0, AnswersTo(1));

        var before = Sent;
        _pair.Network.RunFor(TimeSpan.FromMilliseconds(78));
        Assert.Equal(before, Sent);
        _pair.Network.RunFor(TimeSpan.FromMilliseconds(3));
        Assert.Equal(before + 1, Sent);
    }

    [Fact]
    public void An_acknowledgement_that_is_asked_for_at_once_comes_at_once()
    {
        Ask(new AckFrequencyFrame(0, 100, 300_000, 0));
        var before = Sent;

        _forger.Send(static (ref w) => w.WriteByte((byte)FrameType.ImmediateAck));
        _pair.Network.RunFor(Moment);

        Assert.Equal(before + 1, Sent);
    }

    [Theory]
    [InlineData(0, 5, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(3, 2, 0)]
    [InlineData(3, 3, 1)]
    public void A_gap_is_reported_when_the_peer_would_take_it_for_a_loss(ulong threshold, int packetsAfterGap, int answers)
    {
        Ask(new AckFrequencyFrame(0, 100, 300_000, 0));
        AnswersTo(5);
        Ask(new AckFrequencyFrame(1, 100, 300_000, threshold));

        _forger.NextNumber++;

        Assert.Equal(answers, AnswersTo(packetsAfterGap));
    }

    [Fact]
    public void What_a_peer_may_ask_for_is_bounded()
    {
        Ask(new AckFrequencyFrame(0, 1UL << 40, 1UL << 50, 0));

        Assert.Equal(0, AnswersTo(Limits.RequestedAckInterval - 1));
        Assert.Equal(1, AnswersTo(1));
        Assert.Equal(0, AnswersTo(1));
        var before = Sent;
        _pair.Network.RunFor(Limits.RequestedAckDelay);
        Assert.Equal(before + 1, Sent);
    }

    [Fact]
    public void An_older_request_that_comes_late_changes_nothing()
    {
        Ask(new AckFrequencyFrame(5, 9, 300_000, 0));
        Ask(new AckFrequencyFrame(4, 0, 300_000, 0));

        Assert.Equal(0, AnswersTo(9));
    }

    [Fact]
    public void A_request_for_less_than_the_least_delay_ends_the_connection()
    {
        _forger.Send(static (ref w) => new AckFrequencyFrame(0, 1, 999, 1).Write(ref w));

        Assert.Equal((ulong)TransportErrorCode.ProtocolViolation, _pair.Server.Core.CloseReason?.Code);
        Assert.Equal(FrameType.AckFrequency, _pair.Server.Core.CloseReason!.FrameType);
    }

    [Fact]
    public void A_sender_with_a_large_window_has_itself_acknowledged_rarely_and_as_soon_as_the_path_allows()
    {
        using var flow = new Flow(new LinkConditions { BitsPerSecond = 100e6, Delay = TimeSpan.FromMilliseconds(15), QueueBytes = 400_000 });
        flow.Measure(2);
        var (data, answers) = (flow.Client.Core.Statistics.PacketsSent, flow.Server.Core.Statistics.PacketsSent);

        flow.Measure(1);

        Assert.InRange((double)(flow.Server.Core.Statistics.PacketsSent - answers) / (flow.Client.Core.Statistics.PacketsSent - data), 0, 1 / 12.0);
        Assert.InRange(flow.Client.Core.Path.PeerMaxAckDelay.TotalMilliseconds, 5, 15);
    }

    [Fact]
    public void A_sender_whose_window_is_small_does_not_wait_for_the_peers_timer()
    {
        var conditions = new LinkConditions { Delay = TimeSpan.FromMicroseconds(500), Loss = 0.2 };
        var options = new ConnectionOptions { HandshakeTimeout = TimeSpan.FromMinutes(1) };
        using var pair = new ConnectedPair(3, options, options, conditions);
        var start = pair.Network.Now;

        pair.Client.Send(Pattern.Bytes(500_000));
        pair.RunUntil(() => pair.Server.Received.Values.Any(static stream => stream.IsFinished));

        Assert.InRange((pair.Network.Now - start).TotalSeconds, 0, 5);
    }

    public void Dispose() => _pair.Dispose();

    private void Ask(AckFrequencyFrame frame)
    {
        _forger.Send((ref w) =>
        {
            frame.Write(ref w);
            w.WriteByte((byte)FrameType.ImmediateAck);
        });
        _pair.Network.RunFor(Moment);
    }

    private int AnswersTo(int packets)
    {
        var before = Sent;
        for (var i = 0; i < packets; i++)
        {
            _forger.Send(static (ref w) => w.WriteByte((byte)FrameType.Ping));
            _pair.Network.RunFor(TimeSpan.FromMicroseconds(10));
        }

        return (int)(Sent - before);
    }
}
