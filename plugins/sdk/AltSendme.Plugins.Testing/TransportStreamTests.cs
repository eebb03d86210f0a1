using System.Buffers;
using System.Net;
using AltSendme.Abstractions;

namespace AltSendme.Plugins.Testing;

/// <summary>Streams: whole data both ways, half close, abort, back pressure.</summary>
public abstract class TransportStreamTests : TransportConformance
{
    [Fact(Timeout = Limit)]
    public async Task A_thousand_streams_one_after_the_other_each_carry_their_own()
    {
        await using var pair = await StartAsync();
        var (client, server) = await pair.ConnectAsync();
        var echoing = EchoAsync(server);
        for (var i = 0; i < 1000; i++)
        {
            await using var stream = await client.OpenStreamAsync();
            byte[] sent = [(byte)i, (byte)(i >> 8)];
            await Pattern.SendAsync(stream, sent);

            Assert.Equal(sent, await Pattern.ReadToEndAsync(stream));
        }

        await client.DisposeAsync();
        await echoing;
        await server.DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task A_hundred_streams_at_once_carry_whole_data_both_ways()
    {
        await using var pair = await StartAsync();
        var (client, server) = await pair.ConnectAsync();
        var echoing = EchoAsync(server);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
        {
            await using var stream = await client.OpenStreamAsync();
            var sent = Pattern.Bytes(200_000 + i, seed: i);
            var sending = Pattern.SendAsync(stream, sent);
            Assert.Equal(sent, await Pattern.ReadToEndAsync(stream));
            await sending;
        }));

        await client.DisposeAsync();
        await echoing;
        await server.DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task Both_sides_send_64_MiB_at_once()
    {
        await using var pair = await StartAsync();
        var (client, server) = await pair.ConnectAsync();
        var (near, far) = await TransportPair.OpenAsync(client, server);
        var there = Pattern.Bytes(64 << 20, seed: 1);
        var back = Pattern.Bytes(64 << 20, seed: 2);

        var sending = Task.WhenAll(Pattern.SendAsync(near, there, 1 << 20), Pattern.SendAsync(far, back, 30_000));
        var received = await Task.WhenAll(Pattern.ReadToEndAsync(far), Pattern.ReadToEndAsync(near));
        await sending;

        Assert.True(there.AsSpan().SequenceEqual(received[0]));
        Assert.True(back.AsSpan().SequenceEqual(received[1]));
        await client.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task The_side_that_accepts_can_open_streams_too()
    {
        await using var pair = await StartAsync();
        var (client, server) = await pair.ConnectAsync();
        var (near, far) = await TransportPair.OpenAsync(server, client);

        await Pattern.SendAsync(near, new byte[] { 1, 2, 3 });

        Assert.Equal([1, 2, 3], await Pattern.ReadToEndAsync(far));
        await client.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task A_half_that_is_complete_leaves_the_other_open()
    {
        await using var pair = await StartAsync();
        var (client, server) = await pair.ConnectAsync();
        var (near, far) = await TransportPair.OpenAsync(client, server);

        await near.Output.CompleteAsync();
        Assert.Empty(await Pattern.ReadToEndAsync(far));
        await Pattern.SendAsync(far, new byte[100_000]);

        Assert.Equal(100_000, (await Pattern.ReadToEndAsync(near)).Length);
        await client.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task An_abort_reaches_the_peers_reader_and_writer_with_its_code()
    {
        await using var pair = await StartAsync();
        var (client, server) = await pair.ConnectAsync();
        var (near, far) = await TransportPair.OpenAsync(client, server);
        await near.Output.WriteAsync(new byte[10]);

        near.Abort(new CloseCode(42));

        var read = await Assert.ThrowsAsync<StreamAbortedException>(() => Pattern.ReadToEndAsync(far));
        var write = await Assert.ThrowsAsync<StreamAbortedException>(() => Pattern.SendAsync(far, new byte[50 << 20]));
        Assert.Equal((42UL, 42UL), (read.StreamCode.Value, write.StreamCode.Value));
        await Assert.ThrowsAsync<TransportException>(async () => await near.Input.ReadAsync());
        await Assert.ThrowsAsync<TransportException>(async () => await near.Output.FlushAsync());
        near.Abort(new CloseCode(43));

        var (next, other) = await TransportPair.OpenAsync(client, server);
        await Pattern.SendAsync(next, new byte[] { 7 });
        Assert.Equal([7], await Pattern.ReadToEndAsync(other));
        await client.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_wants_no_more_stops_the_writer()
    {
        await using var pair = await StartAsync();
        var (client, server) = await pair.ConnectAsync();
        var (near, far) = await TransportPair.OpenAsync(client, server);

        await far.Input.CompleteAsync();

        var stopped = await Assert.ThrowsAsync<StreamAbortedException>(() => Pattern.SendAsync(near, new byte[50 << 20]));
        Assert.Equal(CloseCode.None, stopped.StreamCode);
        await client.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task Disposing_a_stream_with_a_complete_output_still_delivers_it()
    {
        await using var pair = await StartAsync();
        var (client, server) = await pair.ConnectAsync();
        var (near, far) = await TransportPair.OpenAsync(client, server);
        await near.Output.WriteAsync(new byte[200_000]);
        await near.Output.CompleteAsync();
        await near.DisposeAsync();
        await near.DisposeAsync();

        Assert.Equal(200_000, (await Pattern.ReadToEndAsync(far)).Length);
        await client.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task Disposing_an_unfinished_stream_is_no_end_of_content()
    {
        await using var pair = await StartAsync();
        var (client, server) = await pair.ConnectAsync();
        var (near, far) = await TransportPair.OpenAsync(client, server);
        await near.Output.WriteAsync(new byte[10]);
        await near.DisposeAsync();

        await Assert.ThrowsAsync<StreamAbortedException>(() => Pattern.ReadToEndAsync(far));
        await client.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_does_not_read_bounds_the_writer_and_nobody_else()
    {
        await using var pair = await StartAsync();
        var (client, server) = await pair.ConnectAsync();
        var (blocked, unread) = await TransportPair.OpenAsync(client, server);
        var written = 0;
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            while (true)
            {
                blocked.Output.GetSpan(10_000);
                blocked.Output.Advance(10_000);
                await blocked.Output.FlushAsync(stop.Token);
                Interlocked.Add(ref written, 10_000);
            }
        });

        for (var i = 0; i < 20; i++)
        {
            var (near, far) = await TransportPair.OpenAsync(client, server);
            var sending = Pattern.SendAsync(near, new byte[1 << 20]);
            Assert.Equal(1 << 20, (await Pattern.ReadToEndAsync(far)).Length);
            await sending;
        }

        Assert.InRange(Volatile.Read(ref written), 0, UnreadLimit);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
        unread.Abort(CloseCode.None);
        await client.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task A_cancelled_read_or_open_leaves_the_stream_usable()
    {
        await using var pair = await StartAsync();
        var (client, server) = await pair.ConnectAsync();
        var (near, far) = await TransportPair.OpenAsync(client, server);
        using var soon = new CancellationTokenSource();
        var reading = far.Input.ReadAsync(soon.Token);
        var accepting = server.AcceptStreamAsync(soon.Token);

        await soon.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reading);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await accepting);
        await Pattern.SendAsync(near, new byte[] { 5 });
        Assert.Equal([5], await Pattern.ReadToEndAsync(far));
        await client.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_may_examine_more_than_it_consumes()
    {
        await using var pair = await StartAsync();
        var (client, server) = await pair.ConnectAsync();
        var (near, far) = await TransportPair.OpenAsync(client, server);
        var sent = Pattern.Bytes(100_000);
        var sending = Pattern.SendAsync(near, sent, step: 1_000);

        var received = new byte[sent.Length];
        var read = await far.Input.ReadAtLeastAsync(sent.Length);
        read.Buffer.CopyTo(received);
        far.Input.AdvanceTo(read.Buffer.End);
        await sending;

        Assert.Equal(sent, received);
        Assert.True((await far.Input.ReadAsync()).IsCompleted);
        await client.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task Streams_work_over_IPv6_loopback()
    {
        if (!System.Net.Sockets.Socket.OSSupportsIPv6)
            return;
        await using var pair = await StartAsync(IPAddress.IPv6Loopback);
        var (client, server) = await pair.ConnectAsync();
        var (near, far) = await TransportPair.OpenAsync(client, server);

        await Pattern.SendAsync(near, new byte[] { 6 });

        Assert.Equal([6], await Pattern.ReadToEndAsync(far));
        Assert.Equal($"ip:[::1]:{pair.EndPoint.Port}", client.Path.Remote.ToString());
        await client.DisposeAsync();
        await server.DisposeAsync();
    }

    private static async Task EchoAsync(IConnection connection)
    {
        var echoes = new List<Task>();
        while (await connection.AcceptStreamAsync() is { } stream)
            echoes.Add(EchoAsync(stream));
        await Task.WhenAll(echoes);
    }

    private static async Task EchoAsync(IByteStream stream)
    {
        await stream.Input.CopyToAsync(stream.Output);
        await stream.Output.CompleteAsync();
        await stream.DisposeAsync();
    }
}
