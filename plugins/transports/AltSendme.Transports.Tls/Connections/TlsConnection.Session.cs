using System.IO.Pipelines;
using AltSendme.Abstractions;
using AltSendme.DirectConnections.Streams;
using AltSendme.Transports.Tls.Multiplexing;
using AltSendme.Transports.Tls.Wire;

namespace AltSendme.Transports.Tls.Connections;

/// <summary>The session and those who touch it: the application's threads through their streams, and the two loops.</summary>
internal sealed partial class TlsConnection
{
    /// <summary>Round trips below this are scheduling, not distance; windows are not tuned more finely.</summary>
    private static readonly TimeSpan ShortestRoundTrip = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();   // guards the session and the members below it; held for moments, never across I/O
    private readonly MuxSession _session;
    private readonly List<StreamState> _ended = [];   // the send loop's own
    private readonly RoundTripEstimate _roundTrip = new();
    private TaskCompletionSource _credited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ulong _pingValue;
    private TimeSpan _pingSent;
    private bool _isPingOpen;
    private bool _isSwept;
    private long _lastHeard;

    /// <summary>Wakes the send loop.</summary>
    internal AsyncSignal Outgoing { get; } = new();

    /// <summary>Whether flushed data has not been handed to TLS yet.</summary>
    internal bool HasUnsent
    {
        get
        {
            lock (_gate)
                return _session.HasUnsent;
        }
    }

    private TimeSpan Now => _time.GetElapsedTime(_began);

    internal void OnOutgoing(StreamState stream)
    {
        lock (_gate)
            _session.OnOutgoing(stream);
        Outgoing.Set();
    }

    internal void OnConsumed(StreamState stream, long length)
    {
        bool mustSend;
        lock (_gate)
            mustSend = _session.OnConsumed(stream, length, Now);
        if (mustSend)
            Outgoing.Set();
    }

    internal void ReleaseInput(StreamState stream)
    {
        lock (_gate)
            _session.ReleaseInput(stream, CloseCode.None.Value);
        Outgoing.Set();
    }

    internal void ResetOutput(StreamState stream, CloseCode code)
    {
        lock (_gate)
            _session.ResetOutput(stream, code.Value);
        Outgoing.Set();
    }

    internal void Abort(StreamState stream, CloseCode code)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(code.Value, MuxLimits.MaxCredit, nameof(code));
        lock (_gate)
        {
            _session.ResetOutput(stream, code.Value);
            _session.ReleaseInput(stream, code.Value);
        }

        Outgoing.Set();
    }

    /// <summary>Fills the batch of the send loop and returns its bytes.</summary>
    internal int Gather(Span<byte> batch)
    {
        var length = 0;
        while (true)
        {
            StreamState? stream;
            int allowance;
            bool hasTurn;
            lock (_gate)
            {
                length += _session.WriteControl(batch[length..], _ended);
                hasTurn = _session.TryTakeTurn(batch.Length - length, out stream, out allowance);
            }

            EndSending();
            if (!hasTurn)
                return length;

            var turn = ((TlsByteStream)stream!.Ends!).TakeOutgoing(batch[length..], allowance);   // copied outside the lock
            bool isValid;
            lock (_gate)
                isValid = _session.TryEndTurn(stream, turn.DataLength, turn.HasMore, turn.Finished);
            if (!isValid)
                continue;
            length += turn.Written;
            if (turn.Finished)
                stream.Ends.OnSendingEnded();
        }
    }

    /// <summary>Applies a frame. <paramref name="into"/> is where the payload of a data frame belongs; null when nobody wants it.</summary>
    internal bool TryReceive(in Frame frame, out PipeWriter? into, out MuxFault fault)
    {
        StreamState? state;
        TlsByteStream? stream;
        bool mustSend;
        lock (_gate)
        {
            into = null;
            if (!_session.TryReceive(frame, Now, out state, out fault))
                return false;
            if (frame.Type == FrameType.Open)
                _ = new TlsByteStream(this, state!);
            stream = (TlsByteStream?)state?.Ends;
            if (frame.Type == FrameType.Data && !state!.Receiving.IsReleased)
                into = stream!.Arriving;
            mustSend = _session.HasWork;
        }

        Tell(frame, stream);
        if (mustSend)
            Outgoing.Set();
        return true;
    }

    internal bool TryApply(MuxSettings settings, out MuxFault fault)
    {
        lock (_gate)
        {
            if (!_session.TryApply(settings, out fault))
                return false;
        }

        WakeOpeners();
        OnReady();
        return true;
    }

    /// <summary>Something arrived, so the peer is alive.</summary>
    internal void OnHeard() => Volatile.Write(ref _lastHeard, _time.GetTimestamp());

    /// <summary>The end has begun: writers fail from now on, the send loop says farewell, and a timer bounds all of it.</summary>
    internal void OnEndBegun()
    {
        StreamState[] streams;
        lock (_gate)
            streams = [.. _session.Streams];
        var failure = StreamFailure.ConnectionLost(_end.Closure!, _end.Cause);
        foreach (var stream in streams)
            ((TlsByteStream)stream.Ends!).FailOutput(failure);
        _lingering.Change(TransportLimits.DrainTime, TransportLimits.FarewellTime);   // false, and no matter, when it has ended already
        WakeOpeners();
        Outgoing.Set();
    }

    /// <summary>First the draining takes too long, then the farewell.</summary>
    private void OnLingered()
    {
        if (_end.TryStopDraining())
            Outgoing.Set();
        else
            _link.Cut();
    }

    /// <summary>The link can't be used any more.</summary>
    internal void OnLinkFailed(string reason, Exception? cause)
    {
        if (_end.TryLose(reason, cause))
            OnEndBegun();
        _link.Cut();
        Outgoing.Set();
    }

    private void Tell(in Frame frame, TlsByteStream? stream)
    {
        switch (frame.Type)
        {
            case FrameType.Open:
                Offer(stream!);
                break;
            case FrameType.Fin:
                stream!.OnPeerFinished();
                break;
            case FrameType.Reset:
                stream!.OnPeerReset(new CloseCode(frame.Value));
                break;
            case FrameType.Stop:
                stream?.OnPeerStopped(new CloseCode(frame.Value));
                break;
            case FrameType.Streams:
                WakeOpeners();
                break;
            case FrameType.Pong:
                OnPong(frame.Value);
                break;
        }
    }

    /// <summary>Opens a stream if the peer takes one more; otherwise gives what completes when that may have changed.</summary>
    private TlsByteStream? TryOpen(out Task credited)
    {
        TlsByteStream? stream = null;
        lock (_gate)
        {
            if (_isSwept || _end.HasBegun)
                throw new ConnectionLostException(_end.Closure!, _end.Cause);
            credited = _credited.Task;
            if (_session.TryOpen(Now, out var state))
                stream = new TlsByteStream(this, state);
        }

        if (stream is not null)
            Outgoing.Set();
        return stream;
    }

    private void WakeOpeners()
    {
        TaskCompletionSource before;
        lock (_gate)
        {
            before = _credited;
            _credited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        before.TrySetResult();
    }

    private void OnPingTime()
    {
        if (_time.GetElapsedTime(Volatile.Read(ref _lastHeard)) > TransportLimits.SilenceLimit)
        {
            OnLinkFailed("Nothing was heard of the peer for too long.", null);
            return;
        }

        lock (_gate)
        {
            _session.RequestPing(++_pingValue);
            _pingSent = Now;
            _isPingOpen = true;
        }

        Outgoing.Set();
    }

    private void OnPong(ulong value)
    {
        TimeSpan? smoothed;
        lock (_gate)
        {
            if (!_isPingOpen || value != _pingValue)
                return;
            _isPingOpen = false;
            _roundTrip.Add(Now - _pingSent);
            smoothed = _roundTrip.Smoothed;
            _session.RoundTrip = _roundTrip.Shortest > ShortestRoundTrip ? _roundTrip.Shortest : ShortestRoundTrip;
        }

        OnRoundTrip(smoothed);
    }

    private void EndSending()
    {
        foreach (var stream in _ended)
            stream.Ends!.OnSendingEnded();
        _ended.Clear();
    }

    /// <summary>After both loops: whoever still waits learns how it ended.</summary>
    private void SweepStreams(StreamFailure failure)
    {
        StreamState[] streams;
        lock (_gate)
        {
            _isSwept = true;
            streams = [.. _session.Streams];
        }

        foreach (var stream in streams)
            ((TlsByteStream)stream.Ends!).OnConnectionEnded(failure);
        EndStreams(failure);
        WakeOpeners();
    }
}
