using AltSendme.Quic.Driver;

namespace AltSendme.Interop.QuicNode;

/// <summary>What streams carry: byte i is i mod 251.</summary>
internal static class Content
{
    private const int Period = 251;
    private const int Piece = Period * 256;

    private static readonly byte[] Bytes = [.. Enumerable.Range(0, Piece).Select(i => (byte)(i % Period))];

    /// <summary>Writes so many bytes and, if asked, the end.</summary>
    public static async Task WriteAsync(QuicStream stream, long length, bool finish, CancellationToken cancellationToken)
    {
        for (var sent = 0L; sent < length; sent += Piece)
            await stream.Output.WriteAsync(Bytes.AsMemory(0, (int)Math.Min(Piece, length - sent)), cancellationToken).ConfigureAwait(false);
        if (finish)
            await stream.Output.CompleteAsync().ConfigureAwait(false);
    }

    /// <summary>Reads to the end and returns the length.</summary>
    /// <exception cref="InvalidOperationException">A byte is wrong.</exception>
    public static async Task<long> ReadAsync(QuicStream stream, CancellationToken cancellationToken)
    {
        var position = 0L;
        while (true)
        {
            var read = await stream.Input.ReadAsync(cancellationToken).ConfigureAwait(false);
            foreach (var segment in read.Buffer)
                position = Check(segment.Span, position);
            stream.Input.AdvanceTo(read.Buffer.End);
            if (!read.IsCompleted)
                continue;
            await stream.Input.CompleteAsync().ConfigureAwait(false);
            return position;
        }
    }

    /// <summary>Sends back all that comes.</summary>
    public static async Task EchoAsync(QuicStream stream, CancellationToken cancellationToken)
    {
        await stream.Input.CopyToAsync(stream.Output, cancellationToken).ConfigureAwait(false);
        await stream.Output.CompleteAsync().ConfigureAwait(false);
        await stream.Input.CompleteAsync().ConfigureAwait(false);
    }

    private static long Check(ReadOnlySpan<byte> bytes, long position)
    {
        while (!bytes.IsEmpty)
        {
            var start = (int)(position % Period);
            var count = Math.Min(Piece - start, bytes.Length);
            if (!bytes[..count].SequenceEqual(Bytes.AsSpan(start, count)))
                throw new InvalidOperationException($"Wrong bytes after position {position}.");
            position += count;
            bytes = bytes[count..];
        }

        return position;
    }
}
