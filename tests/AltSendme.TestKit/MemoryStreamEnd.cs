using System.IO.Pipelines;
using AltSendme.Abstractions;

namespace AltSendme.TestKit;

/// <summary>One end of a stream inside the process: two pipes, each with a pump between writer and reader that can change what passes.</summary>
public sealed class MemoryStreamEnd : IByteStream
{
    private static readonly PipeOptions Options = new(pauseWriterThreshold: 256 * 1024, resumeWriterThreshold: 128 * 1024, useSynchronizationContext: false);

    private readonly Pipe _written;
    private readonly Pipe _received;
    private MemoryStreamEnd? _other;

    private MemoryStreamEnd(Pipe written, Pipe received)
    {
        _written = written;
        _received = received;
    }

    public PipeReader Input => _received.Reader;

    public PipeWriter Output => _written.Writer;

    public void Abort(CloseCode code)
    {
        _written.Writer.Complete(new StreamAbortedException(code));
        _other!.Fail(new StreamAbortedException(code));
        _received.Reader.CancelPendingRead();
    }

    public async ValueTask DisposeAsync()
    {
        await _written.Writer.CompleteAsync();
        await _received.Reader.CompleteAsync();
    }

    internal static (MemoryStreamEnd Mine, MemoryStreamEnd Theirs) Pair(
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? towardsMine, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? towardsTheirs, Func<Task> pass)
    {
        Pipe mineWritten = new(Options), mineReceived = new(Options), theirsWritten = new(Options), theirsReceived = new(Options);
        var first = new MemoryStreamEnd(mineWritten, mineReceived);
        var second = new MemoryStreamEnd(theirsWritten, theirsReceived) { _other = first };
        first._other = second;
        Start(mineWritten.Reader, theirsReceived.Writer, towardsTheirs, pass);
        Start(theirsWritten.Reader, mineReceived.Writer, towardsMine, pass);
        return (first, second);
    }

    internal void Fail(Exception reason)
    {
        _received.Writer.Complete(reason);
        _written.Reader.Complete(reason);
    }

    // The pump's life is the stream's: it ends when either side does, and never faults.
    private static void Start(PipeReader from, PipeWriter to, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? carry, Func<Task> pass) => _ = PumpAsync(from, to, carry, pass);

    private static async Task PumpAsync(PipeReader from, PipeWriter to, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? carry, Func<Task> pass)
    {
        Exception? fault = null;
        try
        {
            while (true)
            {
                var result = await from.ReadAsync();
                await pass();
                foreach (var segment in result.Buffer)
                    await to.WriteAsync(carry?.Invoke(segment) ?? segment);
                from.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                    break;
            }
        }
        catch (Exception exception)
        {
            fault = exception;
        }

        try
        {
            await to.CompleteAsync(fault);
            await from.CompleteAsync(fault);
        }
        catch (InvalidOperationException)
        {
            // The other end completed it in the same moment.
        }
    }
}
