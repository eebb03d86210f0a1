using AltSendme.Transports.Tls.Multiplexing;
using AltSendme.Transports.Tls.Wire;

namespace AltSendme.Transports.Tls.Tests.Multiplexing;

public sealed class MuxSessionTests
{
    [Fact]
    public void Nothing_may_come_before_the_settings_and_they_come_once()
    {
        var session = new MuxSession(Side.Acceptor);
        Assert.False(session.TryReceive(Frame.Ping(1), default, out _, out var fault));
        Assert.Equal(MuxFaultCode.Unexpected, fault.Code);

        Assert.True(session.TryApply(MuxSettings.Default, out _));
        Assert.False(session.TryApply(MuxSettings.Default, out fault));
        Assert.Equal(MuxFaultCode.Unexpected, fault.Code);
    }

    [Theory]
    [InlineData(1)]   // our own side's
    [InlineData(2)]   // not the next
    public void A_stream_is_opened_by_its_side_and_in_order(ulong id) =>
        Assert.Equal(MuxFaultCode.StreamState, new SessionPair().Refused(Frame.Open(new StreamId(id))));

    [Fact]
    public void A_peer_opens_no_more_streams_than_granted()
    {
        var pair = new SessionPair();
        for (var i = 0UL; i < MuxLimits.MaxPeerStreams; i++)
            pair.Receive(Frame.Open(new StreamId(2 * i)));

        Assert.Equal(MuxFaultCode.FlowControl, pair.Refused(Frame.Open(new StreamId(2 * MuxLimits.MaxPeerStreams))));
    }

    [Fact]
    public void A_peer_never_runs_out_of_streams_while_it_ends_them()
    {
        var pair = new SessionPair();
        var granted = MuxLimits.MaxPeerStreams;
        for (var i = 0; i < 10 * MuxLimits.MaxPeerStreams; i++)
        {
            Assert.True(granted-- > 0);
            var stream = pair.Receive(Frame.Open(new StreamId(2UL * (ulong)i)))!;
            pair.Receive(Frame.Fin(stream.Id));
            pair.Session.ReleaseInput(stream, 0);
            pair.Session.OnOutgoing(stream);
            pair.Turn(0, completed: true);
            granted += pair.Sent().Where(frame => frame.Type == FrameType.Streams).Sum(frame => (int)frame.Value);
        }

        Assert.Empty(pair.Session.Streams);
    }

    [Fact]
    public void A_stream_whose_reader_has_not_finished_keeps_its_place()
    {
        var pair = new SessionPair();
        for (var i = 0UL; i < MuxLimits.MaxPeerStreams; i++)
        {
            var stream = pair.Receive(Frame.Open(new StreamId(2 * i)))!;
            pair.Receive(Frame.Fin(stream.Id));
            pair.Session.OnOutgoing(stream);
            pair.Turn(0, completed: true);
        }

        Assert.Empty(pair.Sent());
        Assert.Equal(MuxFaultCode.FlowControl, pair.Refused(Frame.Open(new StreamId(2 * MuxLimits.MaxPeerStreams))));
    }

    [Theory]
    [InlineData(FrameType.Data)]
    [InlineData(FrameType.Fin)]
    [InlineData(FrameType.Reset)]
    [InlineData(FrameType.Window)]
    [InlineData(FrameType.Stop)]
    public void A_stream_that_was_never_opened_is_not_spoken_of(object type) =>
        Assert.Equal(MuxFaultCode.StreamState, new SessionPair().Refused(new Frame((FrameType)type, new StreamId(0), 1, 1)));

    [Theory]
    [InlineData(FrameType.Data)]
    [InlineData(FrameType.Fin)]
    [InlineData(FrameType.Reset)]
    public void Nothing_is_sent_on_a_half_after_its_end(object type)
    {
        var pair = new SessionPair();
        var stream = pair.Receive(Frame.Open(new StreamId(0)))!;
        pair.Receive(Frame.Fin(stream.Id));

        Assert.Equal(MuxFaultCode.StreamState, pair.Refused(new Frame((FrameType)type, stream.Id, 1, 1)));
    }

    [Fact]
    public void Credit_and_stop_that_cross_with_the_end_of_a_stream_mean_nothing()
    {
        var pair = new SessionPair();
        var stream = pair.Receive(Frame.Open(new StreamId(0)))!;
        pair.Receive(Frame.Fin(stream.Id));
        pair.Session.OnOutgoing(stream);
        pair.Turn(0, completed: true);

        Assert.Null(pair.Receive(Frame.Window(stream.Id, 5)));
        Assert.Null(pair.Receive(Frame.Stop(stream.Id, 5)));
        Assert.Empty(pair.Sent());
    }

    [Fact]
    public void More_bytes_than_granted_end_the_connection()
    {
        var pair = new SessionPair();
        var stream = pair.Receive(Frame.Open(new StreamId(0)))!;
        for (var i = 0; i < MuxLimits.InitialWindow / MuxLimits.MaxDataLength; i++)
            pair.Receive(Frame.Data(stream.Id, MuxLimits.MaxDataLength));

        Assert.Equal(MuxFaultCode.FlowControl, pair.Refused(Frame.Data(stream.Id, 1)));
    }

    [Fact]
    public void Credit_that_adds_up_to_too_much_ends_the_connection()
    {
        var pair = new SessionPair();
        var stream = pair.Open();

        Assert.Equal(MuxFaultCode.FlowControl, pair.Refused(Frame.Window(stream.Id, MuxLimits.MaxCredit)));
        Assert.Equal(MuxFaultCode.FlowControl, pair.Refused(Frame.Streams(MuxLimits.MaxCredit)));
    }

    [Fact]
    public void A_peer_that_stops_reading_gets_a_reset()
    {
        var pair = new SessionPair();
        var stream = pair.Open();
        pair.Sent();

        Assert.Same(stream, pair.Receive(Frame.Stop(stream.Id, 7)));

        Assert.Equal([Frame.Reset(stream.Id, 7)], pair.Sent());
        Assert.False(pair.Session.HasUnsent);
    }

    [Fact]
    public void An_aborted_stream_is_opened_stopped_and_reset_in_one_go()
    {
        var pair = new SessionPair();
        var stream = pair.Open();
        pair.Session.OnOutgoing(stream);
        pair.Session.ResetOutput(stream, 9);
        pair.Session.ReleaseInput(stream, 9);

        Assert.Equal([Frame.Open(stream.Id), Frame.Stop(stream.Id, 9), Frame.Reset(stream.Id, 9)], pair.Sent());
        Assert.Null(pair.Turn(10).Stream);
    }

    [Fact]
    public void The_opening_goes_before_the_data()
    {
        var pair = new SessionPair();
        var stream = pair.Open();
        pair.Session.OnOutgoing(stream);

        Assert.Null(pair.Turn(10).Stream);
        Assert.Equal([Frame.Open(stream.Id)], pair.Sent());
        Assert.Same(stream, pair.Turn(10).Stream);
    }

    [Fact]
    public void Streams_take_turns()
    {
        var pair = new SessionPair(window: 1 << 20);
        StreamState[] streams = [pair.Open(), pair.Open(), pair.Open()];
        pair.Sent();
        foreach (var stream in streams)
            pair.Session.OnOutgoing(stream);

        var turns = Enumerable.Range(0, 6).Select(_ => pair.Turn(1 << 20).Stream).ToArray();

        Assert.Equal([.. streams, .. streams], turns);
    }

    [Fact]
    public void A_stream_without_credit_waits_and_goes_on_with_the_grant()
    {
        var pair = new SessionPair(window: 100);
        var stream = pair.Open();
        pair.Sent();
        pair.Session.OnOutgoing(stream);

        Assert.Equal((stream, 100), pair.Turn(150));
        Assert.Equal((null, 0), pair.Turn(50));
        Assert.True(pair.Session.HasUnsent);
        pair.Receive(Frame.Window(stream.Id, 20));
        Assert.Equal((stream, 20), pair.Turn(50));
        pair.Receive(Frame.Window(stream.Id, 30));
        Assert.Equal((stream, 30), pair.Turn(30, completed: true));
        Assert.False(pair.Session.HasUnsent);
    }

    [Fact]
    public void No_stream_is_opened_beyond_the_peers_limit()
    {
        var pair = new SessionPair(streams: 1);
        pair.Open();
        Assert.False(pair.Session.TryOpen(default, out _));

        pair.Receive(Frame.Streams(1));

        pair.Open();
    }

    [Fact]
    public void A_flood_of_pings_gets_one_answer()
    {
        var pair = new SessionPair();
        for (var i = 0UL; i < 10_000; i++)
            pair.Receive(Frame.Ping(i));

        Assert.Equal([Frame.Pong(9_999)], pair.Sent());
    }

    [Fact]
    public void What_arrives_for_a_reader_who_left_is_still_bounded()
    {
        var pair = new SessionPair();
        var stream = pair.Receive(Frame.Open(new StreamId(0)))!;
        pair.Session.ReleaseInput(stream, 3);
        Assert.Equal([Frame.Stop(stream.Id, 3)], pair.Sent());

        pair.Receive(Frame.Data(stream.Id, MuxLimits.MaxDataLength));
        pair.Receive(Frame.Data(stream.Id, MuxLimits.MaxDataLength));
        Assert.Equal(MuxFaultCode.FlowControl, pair.Refused(Frame.Data(stream.Id, 1)));
    }
}
