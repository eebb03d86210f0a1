using System.IO.Pipelines;
using AltSendme.Abstractions;

namespace AltSendme.DirectConnections.Streams;

/// <summary>
/// One stream of a connection. Four parties meet at its two pipes, each on its own end: the application reads <see cref="Input"/> and writes <see cref="Output"/>, one loop of the
/// connection alone writes what arrives, one alone takes what leaves. So memory that a loop is filling is never freed under it. What the halves mean to the network is the deriving class's.
/// </summary>
public abstract class PipedStream : IByteStream
{
    private readonly Pipe _arriving;
    private readonly Pipe _leaving;
    private int _isOutputCompleted;
    private bool _isInputFinished;
    private StreamFailure? _inputFailure;
    private StreamFailure? _outputFailure;

    /// <summary>Makes the pipes.</summary>
    /// <param name="input">Of what arrives. Without a limit only where flow control has bounded it before.</param>
    /// <param name="output">Of what leaves; bounded.</param>
    protected PipedStream(PipeOptions input, PipeOptions output)
    {
        _arriving = new Pipe(input);
        _leaving = new Pipe(output);
        Input = new StreamInput(_arriving.Reader, this);
        Output = new StreamOutput(_leaving.Writer, this);
    }

    /// <inheritdoc/>
    public PipeReader Input { get; }

    /// <inheritdoc/>
    public PipeWriter Output { get; }

    /// <summary>Why reading can't go on; <see langword="null"/> while it can.</summary>
    public StreamFailure? InputFailure => Volatile.Read(ref _inputFailure);

    /// <summary>Why writing can't go on; <see langword="null"/> while it can.</summary>
    public StreamFailure? OutputFailure => Volatile.Read(ref _outputFailure);

    /// <summary>Where the receiving loop puts bytes.</summary>
    public PipeWriter Arriving => _arriving.Writer;

    /// <summary>Where the sending loop takes bytes.</summary>
    protected PipeReader Leaving => _leaving.Reader;

    /// <inheritdoc/>
    public void Abort(CloseCode code)
    {
        FailOutput(StreamFailure.EndedHere);
        FailInput(StreamFailure.EndedHere);
        EndBoth(code);
    }

    /// <summary>Ends what has not been ended: a half that was not completed is reset, the other one stopped, both with code 0. Data of a completed half is still delivered.</summary>
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Volatile.Read(ref _isOutputCompleted) == 0)
        {
            FailOutput(StreamFailure.EndedHere);
            ResetOutput(CloseCode.None);
        }

        FailInput(StreamFailure.EndedHere);
        ReleaseInput();
        return ValueTask.CompletedTask;
    }

    /// <summary>The peer has completed its half.</summary>
    public void OnPeerFinished()
    {
        Volatile.Write(ref _isInputFinished, true);
        _arriving.Writer.Complete();
    }

    /// <summary>The peer has given its half up.</summary>
    public void OnPeerReset(CloseCode code)
    {
        FailInput(StreamFailure.AbortedByPeer(code));
        _arriving.Writer.Complete();
    }

    /// <summary>The peer will not read this side's half any more.</summary>
    public void OnPeerStopped(CloseCode code) => FailOutput(StreamFailure.AbortedByPeer(code));

    /// <summary>Nothing will leave any more; called by the sending loop, or once it has ended.</summary>
    public void OnSendingEnded() => _leaving.Reader.Complete();

    /// <summary>Called once, after both loops have ended: nothing will arrive any more.</summary>
    public void OnConnectionEnded(StreamFailure failure)
    {
        if (!Volatile.Read(ref _isInputFinished))   // what is whole stays whole
            FailInput(failure);
        FailOutput(failure);
        _arriving.Writer.Complete();
        _leaving.Reader.Complete();
    }

    /// <summary>Lets writers fail at once; what they had flushed is still sent.</summary>
    public void FailOutput(StreamFailure failure)
    {
        if (Interlocked.CompareExchange(ref _outputFailure, failure, null) is null)
            _leaving.Writer.CancelPendingFlush();
    }

    /// <summary>The application has read so many bytes.</summary>
    protected internal virtual void OnConsumed(long length)
    {
    }

    /// <summary>The application has flushed bytes, or completed its half.</summary>
    protected internal virtual void OnOutgoing()
    {
    }

    /// <summary>The application will not read any more. May be called repeatedly.</summary>
    protected internal abstract void ReleaseInput();

    /// <summary>Gives this side's half up; nothing where it has ended.</summary>
    protected internal abstract void ResetOutput(CloseCode code);

    /// <summary>Ends what is left of both halves.</summary>
    protected abstract void EndBoth(CloseCode code);

    internal void OnOutputCompleted()
    {
        if (Interlocked.Exchange(ref _isOutputCompleted, 1) == 0)
            OnOutgoing();
    }

    private void FailInput(StreamFailure failure)
    {
        // A lost connection wakes its readers by completing the pipe instead, behind the last byte that arrived.
        if (Interlocked.CompareExchange(ref _inputFailure, failure, null) is null && failure.IsImmediate)
            _arriving.Reader.CancelPendingRead();
    }
}
