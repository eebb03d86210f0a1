using AltSendme.RelayProtocol;
using AltSendme.Relays.Server.Clients;
using AltSendme.Relays.Server.Configuration;
using AltSendme.Relays.Server.WebSockets;
using AltSendme.TestKit;

namespace AltSendme.Relays.Server.Tests;

public sealed class QueueTests
{
    private static readonly byte[] Source = RawClient.Id(1);

    [Fact]
    public void When_too_many_wait_the_oldest_are_dropped()
    {
        var queue = new OutboundQueue(new LimitOptions { QueueFrames = 3 });

        var dropped = Enumerable.Range(0, 5).Sum(number => queue.Add(Source, isBatch: false, [0, (byte)number]));

        Assert.Equal(2, dropped);
        Assert.Equal([2, 3, 4], Drain(queue).Select(static frame => (int)frame[^1]));
    }

    [Fact]
    public void Bytes_that_wait_are_bounded_as_well()
    {
        var queue = new OutboundQueue(new LimitOptions { QueueBytes = 200_000 });

        for (var i = 0; i < 50; i++)
            queue.Add(Source, isBatch: true, new byte[60_000]);

        Assert.InRange(Drain(queue).Sum(static frame => frame.Length), 120_000, 200_000);
    }

    [Fact]
    public void Control_frames_go_ahead_of_packets()
    {
        var queue = new OutboundQueue(new LimitOptions());
        queue.Add(Source, isBatch: false, [0, 7]);
        queue.AddControl(FrameHeader.Binary, [9, 1, 2, 3, 4, 5, 6, 7, 8]);

        Assert.Equal([9, (int)FrameType.RelayToClientDatagram], Drain(queue).Select(static frame => (int)frame[0]));
    }

    [Fact]
    public async Task What_was_queued_before_the_end_is_still_sent()
    {
        var queue = new OutboundQueue(new LimitOptions());
        queue.Add(Source, isBatch: false, [0, 7]);
        queue.Complete();

        Assert.Equal(-1, queue.Add(Source, isBatch: false, [0, 8]));
        Assert.True(await queue.WaitAsync());
        Assert.Single(Drain(queue));
        Assert.False(await queue.WaitAsync());
    }

    [Fact]
    public void Frames_of_any_size_come_out_as_they_went_in() => Seeds.Run(200, static random =>
    {
        var queue = new OutboundQueue(new LimitOptions { QueueFrames = 1000, QueueBytes = int.MaxValue });
        var packets = Enumerable.Range(0, random.Next(1, 30)).Select(_ => random.Bytes(random.Next(4) == 0 ? random.Next(65_000) : random.Next(1500))).ToArray();
        foreach (var packet in packets)
            queue.Add(Source, isBatch: false, packet);

        Assert.Equal(packets, Drain(queue).Select(static frame => frame[33..]));
    });

    [OptimizedFact(typeof(OutboundQueue))]
    public async Task Forwarding_a_packet_allocates_nothing()
    {
        var frame = RawClient.Frame(RawClient.Datagram(2, new byte[1200]));
        var wire = Enumerable.Repeat(frame, 4000).SelectMany(static bytes => bytes).ToArray();
        var queue = new OutboundQueue(new LimitOptions());
        using var reader = new MessageReader(new MemoryStream(wire));
        for (var i = 0; i < 10; i++)
            await ForwardAsync(reader, queue);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var packets = 0;
        for (var i = 0; i < 10; i++)
            packets += await ForwardAsync(reader, queue);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(packets > 500, $"{packets} packets");
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Masks_come_off_whatever_the_length() => Seeds.Run(300, static random =>
    {
        var payload = random.Bytes(random.Next(300));
        var mask = random.Bytes(4);
        var expected = payload.Select((value, i) => (byte)(value ^ mask[i & 3])).ToArray();

        PayloadMask.Remove(payload, BitConverter.ToUInt32(mask));

        Assert.Equal(expected, payload);
    });

    private static async ValueTask<int> ForwardAsync(MessageReader reader, OutboundQueue queue)
    {
        await reader.FillAsync(CancellationToken.None);
        var packets = 0;
        while (reader.TryNext(out _, out var payload))
        {
            ClientFrame.TryRead(payload, out var frame, out _);
            queue.Add(Source, isBatch: false, payload[33..]);
            packets += frame.Datagrams.Contents.Length > 0 ? 1 : 0;
        }

        while (queue.Take() is { } chunk)
            queue.Return(chunk);
        return packets;
    }

    private static List<byte[]> Drain(OutboundQueue queue)
    {
        var frames = new List<byte[]>();
        while (queue.Take() is { } chunk)
        {
            for (var rest = chunk.Unsent; rest.Length > 0;)
            {
                var length = FrameHeader.WrittenLength(rest);
                var header = length - PayloadLength(rest);
                frames.Add(rest[header..length].ToArray());
                rest = rest[length..];
            }

            queue.Return(chunk);
        }

        return frames;
    }

    private static int PayloadLength(ReadOnlySpan<byte> frame)
    {
        var length = FrameHeader.WrittenLength(frame);
        return length - (frame[1] switch { 126 => 4, 127 => 10, _ => 2 });
    }
}
