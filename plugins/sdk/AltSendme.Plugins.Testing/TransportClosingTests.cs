using AltSendme.Abstractions;

namespace AltSendme.Plugins.Testing;

/// <summary>The end of a connection, from either side, at any moment.</summary>
public abstract class TransportClosingTests : TransportConformance
{
    [Fact(Timeout = Limit)]
    public async Task Both_sides_learn_the_code_and_the_reason()
    {
        await using var pair = await StartAsync();
        var (client, server) = await pair.ConnectAsync();

        await client.CloseAsync(new CloseCode(7), "enough");
        await client.CloseAsync(new CloseCode(8), "again");

        Assert.Equal(new ConnectionClosure(CloseInitiator.Peer, new CloseCode(7), "enough"), await server.Closed);
        Assert.Equal(new ConnectionClosure(CloseInitiator.Local, new CloseCode(7), "enough"), await client.Closed);
        Assert.Null(await server.AcceptStreamAsync());
        var lost = await Assert.ThrowsAsync<ConnectionLostException>(async () => await server.OpenStreamAsync());
        Assert.Equal(CloseInitiator.Peer, lost.Closure.Initiator);
        await server.DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task A_reason_is_cut_at_a_kibibyte_between_characters()
    {
        await using var pair = await StartAsync();
        var (client, server) = await pair.ConnectAsync();

        await client.CloseAsync(CloseCode.None, "x" + new string('é', 2000));

        Assert.Equal("x" + new string('é', 511), (await server.Closed).Reason);
        await server.DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task What_was_flushed_before_the_close_arrives_before_it()
    {
        await using var pair = await StartAsync();
        for (var round = 0; round < 20; round++)
        {
            var (client, server) = await pair.ConnectAsync();
            var (near, far) = await TransportPair.OpenAsync(client, server);
            var (unfinished, cut) = await TransportPair.OpenAsync(client, server);
            var flooding = FloodAsync(far);   // bytes that the closing side never reads must not cost those that it sent
            var sent = Pattern.Bytes(300_000, round);
            var received = Pattern.ReadToEndAsync(far);
            await unfinished.Output.WriteAsync(new byte[1000]);
            await Pattern.SendAsync(near, sent);
            await client.CloseAsync(new CloseCode(1), "done");

            Assert.Equal(sent, await received);
            var rest = await cut.Input.ReadAtLeastAsync(1000);
            Assert.Equal(1000, rest.Buffer.Length);
            cut.Input.AdvanceTo(rest.Buffer.End);
            var lost = await Assert.ThrowsAsync<ConnectionLostException>(async () => await cut.Input.ReadAsync());
            Assert.Equal(1UL, lost.Closure.Code.Value);
            await Assert.ThrowsAsync<ConnectionLostException>(() => flooding);
            await server.DisposeAsync();
        }
    }

    [Fact(Timeout = Limit)]
    public async Task A_close_does_not_wait_for_ever_for_a_peer_that_does_not_read()
    {
        await using var pair = await StartAsync();
        var (client, server) = await pair.ConnectAsync();
        var (near, _) = await TransportPair.OpenAsync(client, server);
        var writing = FloodAsync(near);

        await client.CloseAsync(new CloseCode(2), "bye");

        await Assert.ThrowsAsync<ConnectionLostException>(() => writing);
        Assert.Equal(CloseInitiator.Local, (await client.Closed).Initiator);
        Assert.Equal(new ConnectionClosure(CloseInitiator.Peer, new CloseCode(2), "bye"), await server.Closed);
        await server.DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task A_cancelled_close_ends_the_connection_all_the_same()
    {
        await using var pair = await StartAsync();
        var (client, server) = await pair.ConnectAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await client.CloseAsync(CloseCode.None, "", new CancellationToken(true)));

        Assert.True(client.Closed.IsCompletedSuccessfully);
        await server.Closed;
        await server.DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task Disposing_while_reading_and_writing_ends_both_and_may_be_repeated()
    {
        await using var pair = await StartAsync();
        var (client, server) = await pair.ConnectAsync();
        var (near, far) = await TransportPair.OpenAsync(client, server);
        var reading = near.Input.ReadAsync().AsTask();
        var flooding = FloodAsync(near);
        var draining = DrainAsync(far);
        var opening = server.AcceptStreamAsync().AsTask();

        await client.DisposeAsync();
        await client.DisposeAsync();

        await Assert.ThrowsAsync<ConnectionLostException>(() => reading);
        await Assert.ThrowsAsync<ConnectionLostException>(() => flooding);
        await Assert.ThrowsAsync<ConnectionLostException>(() => draining);
        Assert.Null(await opening);
        await server.DisposeAsync();
        await near.DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task Both_sides_may_close_at_once()
    {
        await using var pair = await StartAsync();
        for (var round = 0; round < 20; round++)
        {
            var (client, server) = await pair.ConnectAsync();

            await Task.WhenAll(client.CloseAsync(new CloseCode(1), "").AsTask(), server.CloseAsync(new CloseCode(2), "").AsTask());

            Assert.NotEqual(CloseInitiator.Transport, (await client.Closed).Initiator);
            Assert.NotEqual(CloseInitiator.Transport, (await server.Closed).Initiator);
        }
    }

    [Fact(Timeout = Limit)]
    public async Task The_path_is_direct_and_gets_a_round_trip_time()
    {
        await using var pair = await StartAsync();
        var (client, server) = await pair.ConnectAsync();

        await foreach (var path in client.WatchPathAsync())
        {
            Assert.Equal(PathKind.Direct, path.Kind);
            Assert.Equal(EndpointAddress.FromIp(pair.EndPoint), path.Remote);
            if (path.RoundTripTime > TimeSpan.Zero)
                break;
        }

        Assert.Equal((TransportPair.Server.Id, TransportPair.Client.Id), (client.RemoteId, server.RemoteId));
        Assert.Equal((TransportPair.Protocol, TransportPair.Protocol), (client.Protocol, server.Protocol));
        await client.DisposeAsync();
        await foreach (var _ in client.WatchPathAsync())
        {
        }

        await server.DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task Opening_waits_while_the_peers_limit_is_reached()
    {
        await using var pair = await StartAsync();
        var (client, server) = await pair.ConnectAsync();
        var opened = new List<IByteStream>();
        for (var i = 0; i < StreamLimit; i++)
            opened.Add(await client.OpenStreamAsync());
        using var stop = new CancellationTokenSource();
        var cancelled = client.OpenStreamAsync(stop.Token).AsTask();
        var next = client.OpenStreamAsync().AsTask();
        Assert.False(next.IsCompleted);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        foreach (var stream in opened)
        {
            stream.Abort(CloseCode.None);
            await (await server.AcceptStreamAsync())!.DisposeAsync();
        }

        await next;
        await client.DisposeAsync();
        await server.DisposeAsync();
    }

    private static async Task FloodAsync(IByteStream stream)
    {
        while (true)
            await stream.Output.WriteAsync(new byte[100_000]);
    }

    private static async Task DrainAsync(IByteStream stream)
    {
        while (true)
        {
            var read = await stream.Input.ReadAsync();
            stream.Input.AdvanceTo(read.Buffer.End);
        }
    }
}
