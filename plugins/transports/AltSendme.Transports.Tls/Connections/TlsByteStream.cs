using System.Buffers;
using System.IO.Pipelines;
using AltSendme.Abstractions;
using AltSendme.Transports.Tls.Multiplexing;
using AltSendme.Transports.Tls.Wire;

namespace AltSendme.Transports.Tls.Connections;

/// <summary>
/// One stream of a connection. Four parties meet at its two pipes, each on its own end: the application reads <see cref="Input"/> and writes <see cref="Output"/>,
/// the connection's receive loop alone writes what arrives, its send loop alone takes what leaves. So memory that a loop is filling is never freed under it.
/// </summary>
internal sealed class TlsByteStream : IByteStream, IStreamEnds
{
    // Arrivals: no limit of its own, because flow control has bounded them before. Continuations of the application never run on the loops' threads.
    private static readonly PipeOptions InputOptions = new(BlockPool.Instance, pauseWriterThreshold: 0, useSynchronizationContext: false);

    private static readonly PipeOptions OutputOptions = new(
        BlockPool.Instance,
        pauseWriterThreshold: MuxLimits.OutgoingPause,
        resumeWriterThreshold: MuxLimits.OutgoingPause / 2,
        useSynchronizationContext: false);

    private readonly Pipe _arriving = new(InputOptions);
    private readonly Pipe _leaving = new(OutputOptions);
    private readonly TlsConnection _connection;
    private readonly StreamState _state;
    private int _isOutputCompleted;
    private bool _isInputFinished;
    private StreamFailure? _inputFailure;
    private StreamFailure? _outputFailure;

    internal TlsByteStream(TlsConnection connection, StreamState state)
    {
        _connection = connection;
        _state = state;
        state.Ends = this;
        Input = new StreamInput(_arriving.Reader, this);
        Output = new StreamOutput(_leaving.Writer, this);
    }

    /// <inheritdoc/>
    public PipeReader Input { get; }

    /// <inheritdoc/>
    public PipeWriter Output { get; }

    internal StreamFailure? InputFailure => Volatile.Read(ref _inputFailure);

    internal StreamFailure? OutputFailure => Volatile.Read(ref _outputFailure);

    /// <summary>Where the receive loop puts payload.</summary>
    internal PipeWriter Arriving => _arriving.Writer;

    /// <inheritdoc/>
    public void Abort(CloseCode code)
    {
        FailOutput(StreamFailure.EndedHere);
        FailInput(StreamFailure.EndedHere);
        _connection.Abort(_state, code);
    }

    /// <summary>Ends what has not been ended: a half that was not completed is reset, the other one stopped, both with code 0. Data of a completed half is still delivered.</summary>
    public ValueTask DisposeAsync()
    {
        if (Volatile.Read(ref _isOutputCompleted) == 0)
        {
            FailOutput(StreamFailure.EndedHere);
            _connection.ResetOutput(_state, CloseCode.None);
        }

        FailInput(StreamFailure.EndedHere);
        ReleaseInput();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void OnPeerFinished()
    {
        Volatile.Write(ref _isInputFinished, true);
        _arriving.Writer.Complete();
    }

    /// <inheritdoc/>
    public void OnPeerReset(CloseCode code)
    {
        FailInput(StreamFailure.AbortedByPeer(code));
        _arriving.Writer.Complete();
    }

    /// <inheritdoc/>
    public void OnPeerStopped(CloseCode code) => FailOutput(StreamFailure.AbortedByPeer(code));

    /// <inheritdoc/>
    public void OnSendingEnded() => _leaving.Reader.Complete();

    internal void OnConsumed(long length) => _connection.OnConsumed(_state, length);

    internal void OnOutgoing() => _connection.OnOutgoing(_state);

    internal void OnOutputCompleted()
    {
        if (Interlocked.Exchange(ref _isOutputCompleted, 1) == 0)
            _connection.OnOutgoing(_state);
    }

    internal void ResetOutput() => _connection.ResetOutput(_state, CloseCode.None);

    internal void ReleaseInput() => _connection.ReleaseInput(_state);

    /// <summary>Called once, after both loops have ended: nothing will arrive any more.</summary>
    internal void OnConnectionEnded(StreamFailure failure)
    {
        if (!Volatile.Read(ref _isInputFinished))   // what is whole stays whole
            FailInput(failure);
        FailOutput(failure);
        _arriving.Writer.Complete();
        _leaving.Reader.Complete();
    }

    /// <summary>Lets writers fail at once; what they had flushed is still sent.</summary>
    internal void FailOutput(StreamFailure failure)
    {
        if (Interlocked.CompareExchange(ref _outputFailure, failure, null) is null)
            _leaving.Writer.CancelPendingFlush();
    }

    /// <summary>Moves up to <paramref name="allowance"/> waiting bytes into a data frame, and the end behind the last of them.</summary>
    /// <param name="destination">Room for frames; a data frame takes what fits.</param>
    /// <param name="allowance">Bytes that the peer takes.</param>
    internal OutgoingTurn TakeOutgoing(Span<byte> destination, int allowance)
    {
        if (!_leaving.Reader.TryRead(out var result))
            return default;

        var room = destination.Length - (2 * Frame.MaxHeaderLength);
        var length = (int)Math.Min(result.Buffer.Length, Math.Min(allowance, room));
        var written = 0;
        var rest = result.Buffer;
        if (length > 0)
        {
            written = FrameWriter.Write(destination, Frame.Data(_state.Id, length));
            rest.Slice(0, length).CopyTo(destination[written..]);
            written += length;
            rest = rest.Slice(length);
        }

        var finished = result.IsCompleted && rest.IsEmpty;
        if (finished)
            written += FrameWriter.Write(destination[written..], Frame.Fin(_state.Id));
        _leaving.Reader.AdvanceTo(rest.Start);
        return new OutgoingTurn(length, written, !rest.IsEmpty, finished);
    }

    private void FailInput(StreamFailure failure)
    {
        // A lost connection wakes its readers by completing the pipe instead, behind the last byte that arrived.
        if (Interlocked.CompareExchange(ref _inputFailure, failure, null) is null && failure.IsImmediate)
            _arriving.Reader.CancelPendingRead();
    }
}
