using AltSendme.Quic.Simulation;
using AltSendme.Quic.Streams;

namespace AltSendme.Quic.Tests.Simulated;

/// <summary>What applications notice of streams.</summary>
public sealed class StreamTests
{
    [Fact]
    public void A_thousand_streams_at_once_are_echoed_whole()
    {
        var options = new ConnectionOptions { MaxBidirectionalStreams = 1000 };
        using var pair = new ConnectedPair(1, options, options);
        pair.Server.IsEchoing = true;
        var waiting = new HashSet<ulong>();
        for (var i = 0UL; i < 1000; i++)
        {
            Assert.True(pair.Client.Core.TryOpenStream(StreamDirection.Bidirectional, out var id));
            Assert.Equal(StreamWriteStatus.Accepted, pair.Client.Core.Write(id, Pattern.Bytes(200, i)).Status);
            Assert.True(pair.Client.Core.Finish(id));
            waiting.Add(id.Value);
        }

        Assert.False(pair.Client.Core.TryOpenStream(StreamDirection.Bidirectional, out _));
        var echoed = waiting.ToDictionary(static id => id, static _ => new List<byte>());
        var buffer = new byte[1000];
        pair.RunUntil(() =>
        {
            foreach (var id in waiting.ToArray())
            {
                var result = pair.Client.Core.Read(new StreamId(id), buffer, pair.Network.Now);
                echoed[id].AddRange(buffer.AsSpan(0, result.Count));
                if (result.Status == StreamReadStatus.Finished)
                    waiting.Remove(id);
            }

            return waiting.Count == 0;
        });

        Assert.All(echoed, static stream => Assert.Equal(Pattern.Bytes(200, stream.Key >> 2), stream.Value));
        pair.RunUntil(() => pair.Client.Saw(ConnectionEventKind.StreamsAvailable));
    }

    [Fact]
    public void Streams_beyond_the_limit_wait_until_earlier_ones_are_through()
    {
        using var pair = new ConnectedPair(1, server: new ConnectionOptions { MaxUnidirectionalStreams = 5 });

        for (var i = 0; i < 60; i++)
            pair.Client.Send(Pattern.Bytes(2000, (ulong)i));
        pair.RunUntil(() => pair.Server.Received.Count == 60 && pair.Server.Received.Values.All(static stream => stream.IsFinished));

        Assert.Equal(Pattern.Bytes(2000, 59), pair.Server.Received[new StreamId(default, StreamDirection.Unidirectional, 59).Value].Bytes);
    }

    [Fact]
    public void A_reset_reaches_the_reader_with_its_code()
    {
        using var pair = new ConnectedPair();
        var id = pair.OpenStream(StreamDirection.Unidirectional, new byte[100]);

        Assert.True(pair.Client.Core.Reset(id, 77));
        pair.RunUntil(() => pair.Server.Received[id.Value].IsFinished);

        Assert.Equal(77UL, pair.Server.Received[id.Value].ResetCode);
        Assert.Equal(StreamWriteStatus.Closed, pair.Client.Core.Write(id, new byte[1]).Status);
    }

    [Fact]
    public void A_stop_reaches_the_writer_with_its_code()
    {
        using var pair = new ConnectedPair();
        var id = pair.OpenStream(StreamDirection.Bidirectional, new byte[100]);

        Assert.True(pair.Server.Core.Stop(id, 99));
        pair.RunUntil(() => pair.Client.Saw(ConnectionEventKind.StreamStopped));

        Assert.Equal(99UL, pair.Client.Events.Single(static happened => happened.Kind == ConnectionEventKind.StreamStopped).ErrorCode);
        Assert.Equal(new StreamWriteResult(StreamWriteStatus.Stopped, ErrorCode: 99), pair.Client.Core.Write(id, new byte[1]));
    }

    [Fact]
    public void One_half_can_end_while_the_other_goes_on()
    {
        using var pair = new ConnectedPair();
        pair.Server.IsEchoing = true;
        var id = pair.OpenStream(StreamDirection.Bidirectional, Pattern.Bytes(200_000));
        Assert.True(pair.Client.Core.Finish(id));
        Assert.False(pair.Client.Core.Finish(id));

        var read = new List<byte>();
        var buffer = new byte[5000];
        pair.RunUntil(() =>
        {
            StreamReadResult result;
            for (result = pair.Client.Core.Read(id, buffer, pair.Network.Now); result.Status == StreamReadStatus.Data; result = pair.Client.Core.Read(id, buffer, pair.Network.Now))
                read.AddRange(buffer.AsSpan(0, result.Count));
            return result.Status == StreamReadStatus.Finished;
        });

        Assert.Equal(Pattern.Bytes(200_000), read);
    }

    [Fact]
    public void A_reader_that_does_not_read_holds_the_writer_at_the_window_and_costs_no_more()
    {
        var options = new ConnectionOptions { InitialStreamWindow = 100_000, MaxStreamWindow = 100_000 };
        using var pair = new ConnectedPair(1, server: options);
        pair.Server.IsReading = false;

        pair.Client.Send(Pattern.Bytes(1_000_000));
        pair.Network.RunFor(TimeSpan.FromSeconds(5));
        Assert.Equal(0UL, pair.Client.Core.UnacknowledgedBytes);
        Assert.False(pair.Client.HasWrittenAll);

        pair.Server.IsReading = true;
        pair.RunUntil(() => pair.Server.Received.Values.Any(static stream => stream.IsFinished));
        Assert.Equal(Pattern.Bytes(1_000_000), pair.Server.Received.Values.Single().Bytes);
    }

    [Fact]
    public void A_stream_of_higher_priority_overtakes()
    {
        using var pair = new ConnectedPair(1, conditions: new LinkConditions { BitsPerSecond = 10e6, QueueBytes = 50_000 });
        Assert.True(pair.Client.Core.TryOpenStream(StreamDirection.Unidirectional, out var low));
        Assert.True(pair.Client.Core.TryOpenStream(StreamDirection.Unidirectional, out var high));
        pair.Client.Core.SetPriority(high, 1);
        pair.Client.Core.Write(low, new byte[200_000]);
        pair.Client.Core.Finish(low);
        pair.Client.Core.Write(high, new byte[50_000]);
        pair.Client.Core.Finish(high);

        pair.RunUntil(() => pair.Server.Received.TryGetValue(high.Value, out var stream) && stream.IsFinished);

        Assert.False(pair.Server.Received.TryGetValue(low.Value, out var behind) && behind.Bytes.Count > 20_000);
    }

    [Fact]
    public void A_very_fast_short_path_is_filled_because_windows_grow()
    {
        var conditions = new LinkConditions { BitsPerSecond = 10e9, Delay = TimeSpan.FromMicroseconds(500), QueueBytes = 1_250_000, Mtu = 9000 };
        using var flow = new Flow(conditions, options: new ConnectionOptions { MaxDatagramSize = 8952, InitialStreamWindow = 64 << 10, InitialConnectionWindow = 64 << 10 });
        flow.Measure(0.1);

        var rate = flow.Measure(0.2);

        Assert.True(rate > 8.5e9, $"{rate / 1e9:f2} Gbit/s");
    }

    [Fact]
    public void A_fast_long_path_is_filled_because_windows_grow()
    {
        var conditions = new LinkConditions { BitsPerSecond = 100e6, Delay = TimeSpan.FromMilliseconds(100), QueueBytes = 2_500_000, Mtu = 9000 };
        var options = new ConnectionOptions { MaxDatagramSize = 8952 };
        using var pair = new ConnectedPair(1, options, options, conditions);
        pair.Client.EndlessChunk = 16384;
        pair.Client.Send([0]);
        pair.RunUntil(() => pair.Server.Received.Count == 1);
        pair.Server.IsKeeping = false;
        pair.Network.RunFor(TimeSpan.FromSeconds(5));

        var before = pair.Server.BytesRead;
        pair.Network.RunFor(TimeSpan.FromSeconds(2));

        Assert.True((pair.Server.BytesRead - before) * 8 / 2.0 > 85e6, $"{(pair.Server.BytesRead - before) * 4 / 1e6} Mbit/s");
    }
}
