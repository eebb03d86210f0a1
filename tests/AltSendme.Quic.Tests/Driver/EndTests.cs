using System.Text;
using AltSendme.Quic.Driver;

namespace AltSendme.Quic.Tests.Driver;

public class EndTests
{
    [Fact]
    public async Task The_peer_sees_the_code_and_the_text_of_a_close()
    {
        await using var pair = Pair.Bind();
        var (client, server) = await pair.ConnectAsync();

        await client.CloseAsync(42, "enough");

        Assert.Equal(new QuicCloseReason(QuicFailure.ClosedByPeer, 42, "enough"), await server.Closed.WaitAsync(pair.Deadline));
        Assert.Equal(new QuicCloseReason(QuicFailure.ClosedHere, 42, "enough"), await client.Closed.WaitAsync(pair.Deadline));
    }

    [Fact]
    public async Task What_waits_on_a_connection_ends_with_it()
    {
        await using var pair = Pair.Bind();
        var (client, server) = await pair.ConnectAsync();
        var stream = await client.OpenBidirectionalStreamAsync(pair.Deadline);
        var reading = stream.Input.ReadAsync(pair.Deadline);
        var accepting = client.AcceptBidirectionalStreamAsync(pair.Deadline);
        var receiving = client.ReceiveDatagramAsync(pair.Deadline);

        await server.CloseAsync(7, "gone");

        Assert.Equal(7ul, (await Assert.ThrowsAsync<QuicConnectionException>(async () => await reading)).Reason.Code);
        Assert.Equal(7ul, (await Assert.ThrowsAsync<QuicConnectionException>(async () => await accepting)).Reason.Code);
        Assert.Equal(7ul, (await Assert.ThrowsAsync<QuicConnectionException>(async () => await receiving)).Reason.Code);
        await Assert.ThrowsAsync<QuicConnectionException>(() => client.OpenBidirectionalStreamAsync(pair.Deadline));
        await Assert.ThrowsAsync<QuicConnectionException>(async () => await stream.Output.WriteAsync(new byte[1], pair.Deadline));
    }

    [Fact]
    public async Task What_came_before_the_peer_closed_is_read_before_the_failure()
    {
        await using var pair = Pair.Bind();
        var (client, server) = await pair.ConnectAsync();
        var cut = await client.OpenUnidirectionalStreamAsync(pair.Deadline);
        await cut.Output.WriteAsync(new byte[1000], pair.Deadline);
        var whole = await client.OpenUnidirectionalStreamAsync(pair.Deadline);
        await StreamContent.WriteAsync(whole, 2_000_000, pair.Deadline);
        await whole.Sent.WaitAsync(pair.Deadline);
        await client.CloseAsync(9, "through");
        await server.Closed.WaitAsync(pair.Deadline);

        var cutHere = await server.AcceptUnidirectionalStreamAsync(pair.Deadline);
        var wholeHere = await server.AcceptUnidirectionalStreamAsync(pair.Deadline);

        Assert.Equal(2_000_000, await StreamContent.ReadAsync(wholeHere, pair.Deadline));
        var first = await cutHere.Input.ReadAsync(pair.Deadline);
        Assert.Equal((1000, false), (first.Buffer.Length, first.IsCompleted));
        cutHere.Input.AdvanceTo(first.Buffer.Start, first.Buffer.End);
        Assert.Equal(9ul, (await Assert.ThrowsAsync<QuicConnectionException>(async () => await cutHere.Input.ReadAsync(pair.Deadline))).Reason.Code);
        Assert.Equal(9ul, Assert.Throws<QuicConnectionException>(() => cutHere.Input.TryRead(out _)).Reason.Code);
    }

    [Fact]
    public async Task Closing_after_sending_loses_nothing()
    {
        await using var pair = Pair.Bind();
        var (client, server) = await pair.ConnectAsync();
        var stream = await client.OpenUnidirectionalStreamAsync(pair.Deadline);
        var reading = Task.Run(async () => await StreamContent.ReadAsync(await server.AcceptUnidirectionalStreamAsync(pair.Deadline), pair.Deadline));
        await StreamContent.WriteAsync(stream, 3 << 20, pair.Deadline);
        await stream.Sent.WaitAsync(pair.Deadline);

        Assert.Equal(3 << 20, await reading);
        await client.CloseAfterSendingAsync(0, "done");

        Assert.Equal("done", (await server.Closed.WaitAsync(pair.Deadline)).Text);
    }

    [Fact]
    public async Task A_silent_connection_times_out_at_both_ends()
    {
        await using var pair = Pair.Bind(new ConnectionOptions { MaxIdleTimeout = TimeSpan.FromMilliseconds(300) });
        var (client, server) = await pair.ConnectAsync();

        Assert.Equal(QuicFailure.TimedOut, (await client.Closed.WaitAsync(pair.Deadline)).Failure);
        Assert.Equal(QuicFailure.TimedOut, (await server.Closed.WaitAsync(pair.Deadline)).Failure);
    }

    [Fact]
    public async Task Keep_alive_keeps_a_silent_connection()
    {
        await using var pair = Pair.Bind(new ConnectionOptions { MaxIdleTimeout = TimeSpan.FromMilliseconds(400), KeepAliveInterval = TimeSpan.FromMilliseconds(50) });
        var (client, server) = await pair.ConnectAsync();

        var first = await Task.WhenAny(client.Closed, server.Closed, Task.Delay(TimeSpan.FromSeconds(1), pair.Deadline));

        Assert.False(first == client.Closed || first == server.Closed, "A connection with keep-alive ended.");
    }

    [Fact]
    public async Task Disposing_an_endpoint_tells_the_peer()
    {
        await using var pair = Pair.Bind();
        var (client, server) = await pair.ConnectAsync();
        var accepting = pair.Server.AcceptAsync(pair.Deadline);

        await pair.Server.DisposeAsync();

        Assert.Equal(QuicFailure.ClosedByPeer, (await client.Closed.WaitAsync(pair.Deadline)).Failure);
        Assert.Equal(QuicFailure.ClosedHere, (await server.Closed.WaitAsync(pair.Deadline)).Failure);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await accepting);
        await Assert.ThrowsAsync<QuicConnectionException>(() => server.OpenBidirectionalStreamAsync(pair.Deadline));
        await server.CloseAsync(1);
        await pair.Server.DisposeAsync();
    }

    [Fact]
    public async Task Connecting_from_a_disposed_endpoint_is_refused()
    {
        await using var pair = Pair.Bind();
        await pair.Client.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => pair.Client.ConnectAsync(pair.Server.LocalEndPoint, pair.ServerKey, Pair.Protocol, pair.Deadline));
    }

    [Fact]
    public async Task Datagrams_pass_both_ways()
    {
        await using var pair = Pair.Bind();
        var (client, server) = await pair.ConnectAsync();

        Assert.True(await client.SendDatagramAsync(Encoding.ASCII.GetBytes("there")));
        Assert.Equal("there", Encoding.ASCII.GetString((await server.ReceiveDatagramAsync(pair.Deadline)).Span));
        Assert.True(await server.SendDatagramAsync(Encoding.ASCII.GetBytes("back")));
        Assert.Equal("back", Encoding.ASCII.GetString((await client.ReceiveDatagramAsync(pair.Deadline)).Span));
        Assert.False(await client.SendDatagramAsync(new byte[70_000]));
    }

    [Fact]
    public async Task Keys_can_be_changed_under_load()
    {
        await using var pair = Pair.Bind();
        var (client, server) = await pair.ConnectAsync();
        var stream = await client.OpenUnidirectionalStreamAsync(pair.Deadline);
        var writing = StreamContent.WriteAsync(stream, 8 << 20, pair.Deadline);
        var reading = StreamContent.ReadAsync(await server.AcceptUnidirectionalStreamAsync(pair.Deadline), pair.Deadline);
        await server.UpdateKeysAsync();
        await client.UpdateKeysAsync();

        Assert.Equal(8 << 20, await reading);
        await writing;
        Assert.True((await client.GetStatisticsAsync()).KeyUpdates > 0);
        Assert.Equal(0ul, (await client.GetStatisticsAsync()).Undecryptable);
    }
}
