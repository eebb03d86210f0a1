using AltSendme.Quic.Driver;

namespace AltSendme.Quic.Tests.Driver;

/// <summary>Bytes whose every position can be checked, written and read in bulk.</summary>
internal static class StreamContent
{
    // Prime, so that a whole lost or doubled packet is noticed.
    private const int Period = 65521;

    private static readonly byte[] Cycle = MakeCycle();

    public static async Task WriteAsync(QuicStream stream, long length, CancellationToken cancellationToken)
    {
        for (var position = 0L; position < length;)
        {
            var start = (int)(position % Period);
            var count = (int)Math.Min(Period - start, length - position);
            var flushed = await stream.Output.WriteAsync(Cycle.AsMemory(start, count), cancellationToken);
            Assert.False(flushed.IsCompleted);
            position += count;
        }

        await stream.Output.CompleteAsync();
    }

    /// <summary>Reads to the end, checks every byte and returns the length.</summary>
    public static async Task<long> ReadAsync(QuicStream stream, CancellationToken cancellationToken)
    {
        var position = 0L;
        while (true)
        {
            var read = await stream.Input.ReadAsync(cancellationToken);
            foreach (var segment in read.Buffer)
                position = Check(segment.Span, position);
            stream.Input.AdvanceTo(read.Buffer.End);
            if (!read.IsCompleted)
                continue;
            await stream.Input.CompleteAsync();
            return position;
        }
    }

    /// <summary>Sends back all that comes.</summary>
    public static async Task EchoAsync(QuicStream stream, CancellationToken cancellationToken)
    {
        await stream.Input.CopyToAsync(stream.Output, cancellationToken);
        await stream.Output.CompleteAsync();
        await stream.Input.CompleteAsync();
    }

    private static long Check(ReadOnlySpan<byte> bytes, long position)
    {
        while (!bytes.IsEmpty)
        {
            var start = (int)(position % Period);
            var count = Math.Min(Period - start, bytes.Length);
            Assert.True(bytes[..count].SequenceEqual(Cycle.AsSpan(start, count)), $"Wrong bytes within {count} bytes of position {position}.");
            position += count;
            bytes = bytes[count..];
        }

        return position;
    }

    private static byte[] MakeCycle()
    {
        var bytes = new byte[Period];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}
