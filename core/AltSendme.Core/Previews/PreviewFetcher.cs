using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using AltSendme.Abstractions;

namespace AltSendme.Core.Previews;

/// <summary>Asks a sender for the preview of its share. Whatever goes wrong, the transfer goes on without one.</summary>
internal static class PreviewFetcher
{
    private static readonly CloseCode Done = new(0);

    /// <summary>The preview, or <see langword="null"/> when the sender serves none, is too slow, or sends something else. Throws only when the caller cancels.</summary>
    /// <param name="dial">Connects to the sender for the preview protocol.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<SharePreview?> FetchAsync(Func<CancellationToken, Task<IConnection>> dial, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(PreviewProtocol.FetchLimit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await using var connection = await dial(either.Token);
            await using var stream = await connection.OpenStreamAsync(either.Token);
            var preview = await AskAsync(stream, either.Token);
            await stream.Output.CompleteAsync();
            await connection.CloseAsync(Done, "", either.Token);
            return preview;
        }
        catch (Exception exception) when (exception is AltSendmeException or IOException or InvalidOperationException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private static async Task<SharePreview?> AskAsync(IDuplexPipe stream, CancellationToken cancellationToken)
    {
        await stream.Output.WriteAsync(new[] { PreviewProtocol.Request }, cancellationToken);
        var start = await stream.Input.ReadAtLeastAsync(sizeof(uint), cancellationToken);
        if (start.Buffer.Length < sizeof(uint))
            return null;
        var length = LengthOf(start.Buffer);
        stream.Input.AdvanceTo(start.Buffer.GetPosition(sizeof(uint)));
        return length is > 0 and <= PreviewProtocol.MaxAnswerSize && await ReadAsync(stream.Input, (int)length, cancellationToken) is { } text && PreviewJson.TryRead(text.Span, out var preview, out _) ? preview : null;
    }

    // Memory grows with what arrives, never with the length that was stated.
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(PipeReader input, int length, CancellationToken cancellationToken)
    {
        var text = new ArrayBufferWriter<byte>();
        while (text.WrittenCount < length)
        {
            var result = await input.ReadAsync(cancellationToken);
            var part = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, length - text.WrittenCount));
            foreach (var segment in part)
                text.Write(segment.Span);
            input.AdvanceTo(part.End);
            if ((result.IsCompleted || result.IsCanceled) && text.WrittenCount < length)
                return null;
        }

        return text.WrittenMemory;
    }

    private static uint LengthOf(in ReadOnlySequence<byte> buffer)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        buffer.Slice(0, sizeof(uint)).CopyTo(bytes);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }
}
