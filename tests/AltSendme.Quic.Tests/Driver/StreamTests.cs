using System.IO.Pipelines;
using System.Text;
using AltSendme.Quic.Driver;

namespace AltSendme.Quic.Tests.Driver;

public class StreamTests
{
    private const long Bulk = 64L << 20;

    [Fact]
    public async Task Bytes_and_ends_pass_both_ways_on_a_bidirectional_stream()
    {
        await using var pair = Pair.Bind();
        var (client, server) = await pair.ConnectAsync();

        var stream = await client.OpenBidirectionalStreamAsync(pair.Deadline);
        var writing = StreamContent.WriteAsync(stream, 1 << 20, pair.Deadline);
        await StreamContent.EchoAsync(await server.AcceptBidirectionalStreamAsync(pair.Deadline), pair.Deadline);

        Assert.Equal(1 << 20, await StreamContent.ReadAsync(stream, pair.Deadline));
        await writing;
        await stream.Sent.WaitAsync(pair.Deadline);
    }

    [Fact]
    public async Task A_unidirectional_stream_can_be_read_at_one_end_only()
    {
        await using var pair = Pair.Bind();
        var (client, server) = await pair.ConnectAsync();

        var sending = await client.OpenUnidirectionalStreamAsync(pair.Deadline);
        await StreamContent.WriteAsync(sending, 100_000, pair.Deadline);
        var receiving = await server.AcceptUnidirectionalStreamAsync(pair.Deadline);

        Assert.Equal(100_000, await StreamContent.ReadAsync(receiving, pair.Deadline));
        Assert.False(sending.CanRead);
        Assert.False(receiving.CanWrite);
        Assert.Throws<InvalidOperationException>(() => sending.Input);
        Assert.Throws<InvalidOperationException>(() => receiving.Output);
    }

    [Fact]
    public async Task Much_passes_both_ways_at_once()
    {
        await using var pair = Pair.Bind();
        var (client, server) = await pair.ConnectAsync();

        var near = await client.OpenBidirectionalStreamAsync(pair.Deadline);
        var nearWriting = StreamContent.WriteAsync(near, Bulk, pair.Deadline);
        var far = await server.AcceptBidirectionalStreamAsync(pair.Deadline);
        var farWriting = StreamContent.WriteAsync(far, Bulk, pair.Deadline);
        var read = await Task.WhenAll(StreamContent.ReadAsync(near, pair.Deadline), StreamContent.ReadAsync(far, pair.Deadline));

        Assert.Equal([Bulk, Bulk], read);
        await Task.WhenAll(nearWriting, farWriting);
    }

    [Fact]
    public async Task A_thousand_streams_are_answered_each()
    {
        await using var pair = Pair.Bind();
        var (client, server) = await pair.ConnectAsync();
        var serving = ServeAsync(server, 1000, pair.Deadline);

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(async index =>
        {
            var stream = await client.OpenBidirectionalStreamAsync(pair.Deadline);
            var text = Encoding.ASCII.GetBytes($"stream {index}");
            await stream.Output.WriteAsync(text, pair.Deadline);
            await stream.Output.CompleteAsync();
            var answer = new MemoryStream();
            await stream.Input.CopyToAsync(answer, pair.Deadline);
            await stream.Input.CompleteAsync();
            Assert.Equal(text, answer.ToArray());
        }));
        await serving;
    }

    [Fact]
    public async Task One_half_may_end_long_before_the_other()
    {
        await using var pair = Pair.Bind();
        var (client, server) = await pair.ConnectAsync();
        var near = await client.OpenBidirectionalStreamAsync(pair.Deadline);
        await StreamContent.WriteAsync(near, 10, pair.Deadline);
        var far = await server.AcceptBidirectionalStreamAsync(pair.Deadline);
        Assert.Equal(10, await StreamContent.ReadAsync(far, pair.Deadline));
        await near.Sent.WaitAsync(pair.Deadline);

        await StreamContent.WriteAsync(far, 5000, pair.Deadline);

        Assert.Equal(5000, await StreamContent.ReadAsync(near, pair.Deadline));
    }

    [Fact]
    public async Task A_reset_comes_out_at_the_reader_with_its_code()
    {
        await using var pair = Pair.Bind();
        var (client, server) = await pair.ConnectAsync();
        var near = await client.OpenUnidirectionalStreamAsync(pair.Deadline);
        await near.Output.WriteAsync(new byte[10], pair.Deadline);
        var far = await server.AcceptUnidirectionalStreamAsync(pair.Deadline);
        far.Input.AdvanceTo((await far.Input.ReadAsync(pair.Deadline)).Buffer.End);

        near.Reset(4711);

        var fault = await Assert.ThrowsAsync<QuicStreamException>(async () => await far.Input.ReadAsync(pair.Deadline));
        Assert.Equal(4711ul, fault.ErrorCode);
        await Assert.ThrowsAsync<QuicStreamException>(() => near.Sent.WaitAsync(pair.Deadline));
    }

    [Fact]
    public async Task A_writer_that_waits_for_the_peer_can_reset()
    {
        await using var pair = Pair.Bind();
        var (client, server) = await pair.ConnectAsync();
        var near = await client.OpenUnidirectionalStreamAsync(pair.Deadline);
        await FillAsync(near, pair.Deadline);

        near.Reset(5);

        var far = await server.AcceptUnidirectionalStreamAsync(pair.Deadline);
        var fault = await Assert.ThrowsAsync<QuicStreamException>(() => CountAsync(far, pair.Deadline));
        Assert.Equal(5ul, fault.ErrorCode);
    }

    [Fact]
    public async Task A_stop_comes_out_at_the_writer_with_its_code()
    {
        await using var pair = Pair.Bind();
        var (client, server) = await pair.ConnectAsync();
        var near = await client.OpenUnidirectionalStreamAsync(pair.Deadline);
        await near.Output.WriteAsync(new byte[10], pair.Deadline);
        var far = await server.AcceptUnidirectionalStreamAsync(pair.Deadline);

        far.StopReading(99);

        var fault = await Assert.ThrowsAsync<QuicStreamException>(() => near.Sent.WaitAsync(pair.Deadline));
        Assert.Equal(99ul, fault.ErrorCode);
        await Assert.ThrowsAsync<QuicStreamException>(async () => await near.Output.WriteAsync(new byte[10], pair.Deadline));
    }

    [Fact]
    public async Task A_reader_that_does_not_read_holds_the_writer_back()
    {
        await using var pair = Pair.Bind();
        var (client, server) = await pair.ConnectAsync();
        var near = await client.OpenUnidirectionalStreamAsync(pair.Deadline);

        var (written, pending) = await FillAsync(near, pair.Deadline);
        var far = await server.AcceptUnidirectionalStreamAsync(pair.Deadline);
        var reading = CountAsync(far, pair.Deadline);
        await pending;
        await near.Output.CompleteAsync();

        Assert.InRange(written, 1, 64 << 20);
        Assert.Equal(written, await reading);
    }

    [Fact]
    public async Task Reading_can_be_cancelled_and_taken_up_again()
    {
        await using var pair = Pair.Bind();
        var (client, server) = await pair.ConnectAsync();
        var near = await client.OpenBidirectionalStreamAsync(pair.Deadline);
        await near.Output.WriteAsync(new byte[1], pair.Deadline);
        var far = await server.AcceptBidirectionalStreamAsync(pair.Deadline);
        using var cancel = new CancellationTokenSource();

        var reading = near.Input.ReadAsync(cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reading);
        await StreamContent.WriteAsync(far, 100, pair.Deadline);

        Assert.Equal(100, await StreamContent.ReadAsync(near, pair.Deadline));
    }

    [Fact]
    public async Task A_peer_that_opens_streams_nobody_takes_is_held_at_a_limit()
    {
        const int Streams = 1000;
        await using var pair = Pair.Bind();
        var (client, server) = await pair.ConnectAsync();
        var opening = Enumerable.Range(0, Streams).Select(async _ =>
        {
            var stream = await client.OpenUnidirectionalStreamAsync(pair.Deadline);
            await stream.Output.WriteAsync(new byte[1], pair.Deadline);
            await stream.Output.CompleteAsync();
        }).ToArray();

        await Task.WhenAll(opening[..200]);
        for (var i = 0; i < 50; i++)
        {
            await client.SendDatagramAsync(new byte[1]);
            await server.ReceiveDatagramAsync(pair.Deadline);
        }

        Assert.InRange(opening.Count(static task => task.IsCompleted), 200, 300);
        for (var i = 0; i < Streams; i++)
        {
            var taken = await server.AcceptUnidirectionalStreamAsync(pair.Deadline);
            Assert.Equal(1, (await taken.Input.ReadAtLeastAsync(1, pair.Deadline)).Buffer.Length);
            await taken.Input.CompleteAsync();
        }

        await Task.WhenAll(opening);
    }

    [Fact]
    public async Task Opening_waits_while_the_peer_allows_no_more_and_can_be_cancelled()
    {
        await using var pair = Pair.Bind(new ConnectionOptions { MaxUnidirectionalStreams = 1 });
        var (client, server) = await pair.ConnectAsync();
        var first = await client.OpenUnidirectionalStreamAsync(pair.Deadline);
        using var cancel = new CancellationTokenSource();
        var cancelled = client.OpenUnidirectionalStreamAsync(cancel.Token);
        var second = client.OpenUnidirectionalStreamAsync(pair.Deadline);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.False(second.IsCompleted);

        await StreamContent.WriteAsync(first, 1, pair.Deadline);
        await StreamContent.ReadAsync(await server.AcceptUnidirectionalStreamAsync(pair.Deadline), pair.Deadline);

        await StreamContent.WriteAsync(await second, 7, pair.Deadline);
        Assert.Equal(7, await StreamContent.ReadAsync(await server.AcceptUnidirectionalStreamAsync(pair.Deadline), pair.Deadline));
    }

    private static async Task ServeAsync(QuicConnection server, int count, CancellationToken cancellationToken)
    {
        var echoes = new List<Task>();
        for (var i = 0; i < count; i++)
            echoes.Add(StreamContent.EchoAsync(await server.AcceptBidirectionalStreamAsync(cancellationToken), cancellationToken));
        await Task.WhenAll(echoes);
    }

    // Writes until a flush does not complete any more although the other end had time to answer a question.
    private static async Task<(long Written, ValueTask<FlushResult> Pending)> FillAsync(QuicStream stream, CancellationToken cancellationToken)
    {
        var piece = new byte[1 << 16];
        var written = 0L;
        while (true)
        {
            var flushing = stream.Output.WriteAsync(piece, cancellationToken);
            written += piece.Length;
            if (flushing.IsCompleted)
            {
                await flushing;
                continue;
            }

            var flushed = flushing.AsTask();
            if (await Task.WhenAny(flushed, Task.Delay(300, cancellationToken)) != flushed)
                return (written, new ValueTask<FlushResult>(flushed));
            await flushed;
        }
    }

    private static async Task<long> CountAsync(QuicStream stream, CancellationToken cancellationToken)
    {
        var count = 0L;
        while (true)
        {
            var read = await stream.Input.ReadAsync(cancellationToken);
            count += read.Buffer.Length;
            stream.Input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return count;
        }
    }
}
