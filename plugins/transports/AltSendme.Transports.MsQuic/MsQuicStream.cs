using System.IO.Pipelines;
using System.Net.Quic;
using AltSendme.Abstractions;
using AltSendme.DirectConnections.Dialing;
using AltSendme.DirectConnections.Streams;

namespace AltSendme.Transports.MsQuic;

/// <summary>One stream: a loop reads QUIC into one pipe, another writes the other pipe into QUIC, each at the pace of its consumer.</summary>
/// <param name="quic">The stream; owned.</param>
/// <param name="connection">Whose it is.</param>
internal sealed class MsQuicStream(QuicStream quic, MsQuicConnection connection) : PipedStream(Pipes, Pipes)
{
    private static readonly PipeOptions Pipes = new(
        pauseWriterThreshold: ConnectionLimits.PipeLength, resumeWriterThreshold: ConnectionLimits.PipeLength / 2, minimumSegmentSize: 64 * 1024, useSynchronizationContext: false);

    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isReset;
    private bool _isEnded;   // the sending half, by FIN or RESET

    /// <summary>Lets the loops begin. Until the application has accepted a stream, what arrives on it stays with QUIC and counts against the peer.</summary>
    public void Start() => _started.TrySetResult();

    /// <summary>Runs until both halves have ended, or the connection; never faults.</summary>
    public async Task RunAsync()
    {
        await _started.Task.WaitAsync(connection.Over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(ReceiveAsync(), SendAsync());
        if (!_isEnded)   // to free it now would look like its end to the peer
            await new TaskCompletionSource().Task.WaitAsync(connection.Over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await quic.DisposeAsync();
    }

    /// <summary>The connection ends: writers fail, and when everything flushed before has been handed to QUIC, the sending loop ends and the task with it.</summary>
    public Task DrainAsync(StreamFailure failure)
    {
        FailOutput(failure);
        Start();
        Leaving.CancelPendingRead();
        return _drained.Task;
    }

    /// <inheritdoc/>
    protected override void ReleaseInput() => End(QuicAbortDirection.Read, CloseCode.None);

    /// <inheritdoc/>
    protected override void ResetOutput(CloseCode code) => End(QuicAbortDirection.Write, code);

    /// <inheritdoc/>
    protected override void EndBoth(CloseCode code) => End(QuicAbortDirection.Both, code);

    private void End(QuicAbortDirection direction, CloseCode code)
    {
        if (direction.HasFlag(QuicAbortDirection.Write) && !_drained.Task.IsCompleted)
        {
            _isReset = true;
            Leaving.CancelPendingRead();
        }

        Start();
        try
        {
            quic.Abort(direction, (long)code.Value);
        }
        catch (Exception exception) when (LinkFailure.Is(exception))
        {
            // The connection has ended, and the stream with it.
        }
    }

    private async Task ReceiveAsync()
    {
        try
        {
            while (await quic.ReadAsync(Arriving.GetMemory(), CancellationToken.None) is > 0 and var count)
            {
                Arriving.Advance(count);
                connection.OnReceived(count);
                await Arriving.FlushAsync(connection.Over);
            }

            OnPeerFinished();
        }
        catch (QuicException exception) when (exception is { QuicError: QuicError.StreamAborted, ApplicationErrorCode: { } code })
        {
            OnPeerReset(new CloseCode((ulong)code));
        }
        catch (Exception exception) when (LinkFailure.Is(exception))
        {
            // This side has stopped reading, or the connection has ended and says so to its streams.
        }
    }

    private async Task SendAsync()
    {
        try
        {
            for (var isOver = false; !isOver;)
            {
                var result = await Leaving.ReadAsync(connection.Over);
                isOver = result.IsCompleted || result.IsCanceled;
                foreach (var segment in result.Buffer)
                {
                    connection.OnSending(segment.Length);
                    await quic.WriteAsync(segment, CancellationToken.None);
                }

                Leaving.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted && !_isReset)
                    quic.CompleteWrites();
                _isEnded = result.IsCompleted || _isReset;
            }
        }
        catch (QuicException exception) when (exception is { QuicError: QuicError.StreamAborted, ApplicationErrorCode: { } code })
        {
            OnPeerStopped(new CloseCode((ulong)code));
            _isEnded = true;
        }
        catch (Exception exception) when (LinkFailure.Is(exception))
        {
            // This side has given its half up, or the connection has ended and says so to its streams.
        }

        OnSendingEnded();
        _drained.TrySetResult();
    }
}
