using System.IO.Pipelines;
using AltSendme.Core.Paths;
using AltSendme.TestKit;

namespace AltSendme.Core.Tests.Paths;

/// <summary>What goes over a connection keeps to the rate, and a rate may come and go.</summary>
public sealed class RateLimitTests
{
    private readonly VirtualTime _time = new();
    private long? _rate = 1000;

    [Fact]
    public async Task A_quarter_of_a_second_goes_at_once_and_the_rest_in_its_time()
    {
        var limit = new RateLimit(() => _rate, _time);

        await limit.TakeAsync(250, CancellationToken.None);
        var next = limit.TakeAsync(1000, CancellationToken.None).AsTask();
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.99));
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.02));
        await next.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Without_a_rate_nothing_waits()
    {
        _rate = null;
        var limit = new RateLimit(() => _rate, _time);

        Assert.True(limit.TakeAsync(long.MaxValue, CancellationToken.None).AsTask().IsCompletedSuccessfully);
        await limit.TakeAsync(1, CancellationToken.None);
    }

    [Fact]
    public async Task Bytes_arrive_in_order_whether_or_not_there_is_a_rate_while_they_are_written()
    {
        _rate = null;
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var writer = new PacedWriter(pipe.Writer, new RateLimit(() => _rate, _time));
        Write(writer, 1);
        _rate = 1_000_000_000;
        Write(writer, 2);
        await writer.FlushAsync();
        _rate = null;
        Write(writer, 3);
        await writer.CompleteAsync();

        var read = await pipe.Reader.ReadAtLeastAsync(3);

        Assert.Equal([1, 2, 3], System.Buffers.BuffersExtensions.ToArray(read.Buffer));
    }

    private static void Write(PipeWriter writer, byte value)
    {
        writer.GetSpan(1)[0] = value;
        writer.Advance(1);
    }
}
