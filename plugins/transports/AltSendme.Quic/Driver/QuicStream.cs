using System.IO.Pipelines;
using AltSendme.Quic.Streams;

namespace AltSendme.Quic.Driver;

/// <summary>
/// A stream as a duplex pipe. Completing <see cref="Output"/> ends our half; completing it with an exception resets it (with the code of a <see cref="QuicStreamException"/>, else 0).
/// Completing <see cref="Input"/> before its end asks the peer to stop. Flushing waits while the peer or the path takes no more. Both halves fail with typed exceptions.
/// </summary>
public sealed partial class QuicStream : IDuplexPipe
{
    private readonly QuicConnection _connection;
    private readonly StreamId _id;
    private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StreamInput? _input;
    private readonly PipeWriter? _output;

    internal QuicStream(QuicConnection connection, StreamId id, bool canRead, bool canWrite)
    {
        _connection = connection;
        _id = id;
        if (canRead)
        {
            _incoming = new Pipe(new PipeOptions(connection.Segments, PipeScheduler.ThreadPool, connection.Loop, InputBuffer, InputBuffer / 2, SegmentPool.SegmentSize, useSynchronizationContext: false));
            _input = new StreamInput(_incoming.Reader, this);
        }

        if (canWrite)
        {
            _outgoing = new Pipe(new PipeOptions(connection.Segments, connection.Loop, PipeScheduler.ThreadPool, OutputBuffer, OutputBuffer / 2, SegmentPool.SegmentSize, useSynchronizationContext: false));
            _output = new StreamOutput(_outgoing.Writer, this);
        }
    }

    /// <summary>The stream's number on the wire.</summary>
    public long Id => (long)_id.Value;

    /// <summary>Whether the peer sends on it.</summary>
    public bool CanRead => _input is not null;

    /// <summary>Whether we send on it.</summary>
    public bool CanWrite => _output is not null;

    /// <summary>What the peer sends.</summary>
    /// <exception cref="InvalidOperationException">The stream is unidirectional and ours.</exception>
    public PipeReader Input => _input ?? throw new InvalidOperationException("Only this end sends on the stream; read on another one.");

    /// <summary>What we send.</summary>
    /// <exception cref="InvalidOperationException">The stream is unidirectional and the peer's.</exception>
    public PipeWriter Output => _output ?? throw new InvalidOperationException("Only the peer sends on the stream; write to another one.");

    /// <summary>Completes when the peer has all bytes and the end of what we sent; fails when it will not.</summary>
    public Task Sent => _sent.Task;

    /// <summary>Gives up sending with a code (RESET_STREAM); what was not sent is dropped.</summary>
    public void Reset(ulong errorCode) => Output.Complete(new QuicStreamException(errorCode));

    /// <summary>Gives up reading with a code (STOP_SENDING).</summary>
    public void StopReading(ulong errorCode) => Input.Complete(new QuicStreamException(errorCode));

    /// <summary>Streams of a higher priority are sent first; all begin with 0.</summary>
    public void SetPriority(int priority) => _connection.Loop.Schedule(_ => _connection.Core.SetPriority(_id, priority), null);

    internal void ResetLater(Exception cause) => _connection.Loop.Schedule(static state =>
    {
        var (stream, code) = ((QuicStream, ulong))state!;
        stream.ResetNow(code);
    }, (this, CodeOf(cause)));

    internal void StopLater(Exception? cause) => _connection.Loop.Schedule(static state =>
    {
        var (stream, code) = ((QuicStream, ulong))state!;
        stream.StopNow(code);
    }, (this, CodeOf(cause)));

    private static ulong CodeOf(Exception? cause) => cause is QuicStreamException given ? given.ErrorCode : 0;
}
