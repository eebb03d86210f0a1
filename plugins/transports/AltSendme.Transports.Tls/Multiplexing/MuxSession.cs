using System.Diagnostics.CodeAnalysis;
using AltSendme.Transports.Tls.Wire;

namespace AltSendme.Transports.Tls.Multiplexing;

/// <summary>
/// The state of one multiplexed connection, without I/O, clock or threads: frames that arrived go in (MuxSession.Receiving.cs), frames to send come out
/// (MuxSession.Sending.cs), and this file holds what the application does. Not thread-safe: its connection calls it under one lock, for moments only.
/// </summary>
internal sealed partial class MuxSession
{
    private readonly Dictionary<StreamId, StreamState> _streams = [];
    private readonly Queue<StreamState> _control = new();
    private readonly Queue<StreamState> _senders = new();
    private readonly WindowBudget _growth = new(MuxLimits.WindowGrowthBudget);
    private readonly Side _side;
    private readonly Side _peerSide;
    private StreamId _nextLocal;
    private StreamId _nextPeer;
    private MuxSettings _peerSettings;
    private bool _hasPeerSettings;
    private bool _settingsPending = true;
    private ulong _openCredit;
    private ulong _peerOpenCredit = MuxLimits.MaxPeerStreams;
    private ulong _freedPeerStreams;
    private ulong? _pingPending;
    private ulong? _pongPending;
    private int _blockedSenders;

    /// <summary>Makes the session of a fresh connection; its settings are the first thing to send.</summary>
    public MuxSession(Side side)
    {
        _side = side;
        _peerSide = side == Side.Dialer ? Side.Acceptor : Side.Dialer;
        _nextLocal = StreamId.First(side);
        _nextPeer = StreamId.First(_peerSide);
    }

    /// <summary>The streams that are not over.</summary>
    public IReadOnlyCollection<StreamState> Streams => _streams.Values;

    /// <summary>Whether anything waits to be sent, credit or not.</summary>
    public bool HasUnsent => HasControl || _senders.Count > 0 || _blockedSenders > 0;

    /// <summary>Shortest round trip, by which windows are tuned; a careful guess until one was measured.</summary>
    public TimeSpan RoundTrip { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Opens a stream, if the peer takes one more.</summary>
    public bool TryOpen(TimeSpan now, [NotNullWhen(true)] out StreamState? stream)
    {
        stream = null;
        if (_openCredit == 0)
            return false;
        _openCredit--;
        stream = Add(_nextLocal, isLocal: true, now);
        _nextLocal = _nextLocal.Next;
        QueueControl(stream);
        return true;
    }

    /// <summary>The stream's writer flushed or completed: it gets a turn.</summary>
    public void OnOutgoing(StreamState stream)
    {
        if (stream.Sending.IsOpen && !stream.IsBlocked)
            QueueSender(stream);
    }

    /// <summary>The stream's reader is done with bytes. True when a grant is now to be sent.</summary>
    public bool OnConsumed(StreamState stream, long length, TimeSpan now)
    {
        if (!stream.Receiving.IsWanted)
            return false;
        var grant = stream.Receiving.Window.OnConsumed(length, now, RoundTrip);
        if (grant == 0)
            return false;
        stream.Receiving.Grant(grant);
        QueueControl(stream);
        return true;
    }

    /// <summary>The stream's reader is done for good: at the end, or because it wants no more, which the peer is then told.</summary>
    public void ReleaseInput(StreamState stream, ulong code)
    {
        if (stream.Receiving.TryStop(code))
            QueueControl(stream);
        if (stream.Receiving.TryRelease())
            Forget(stream);
    }

    /// <summary>Gives this side's half up. What was not sent is dropped.</summary>
    public void ResetOutput(StreamState stream, ulong code)
    {
        if (!stream.Sending.TryReset(code))
            return;
        Unblock(stream);
        QueueControl(stream);
    }

    /// <summary>Asks the peer to answer; an earlier question that was not sent yet is replaced.</summary>
    public void RequestPing(ulong value) => _pingPending = value;

    private StreamState Add(StreamId id, bool isLocal, TimeSpan now)
    {
        var stream = new StreamState(id, isLocal, new SendHalf(_peerSettings.InitialWindow), new ReceiveHalf(new ReceiveWindow(_growth, now)));
        _streams.Add(id, stream);
        return stream;
    }

    /// <summary>Drops the stream once it is over on the wire, and gives its place back once its reader is done too.</summary>
    private void Forget(StreamState stream)
    {
        if (!stream.IsOver)
            return;
        _streams.Remove(stream.Id);
        if (!stream.Receiving.IsReleased)
            return;
        stream.Receiving.Window.Release();
        if (!stream.IsLocal)
            _freedPeerStreams++;
    }

    private void Unblock(StreamState stream)
    {
        if (!stream.IsBlocked)
            return;
        stream.IsBlocked = false;
        _blockedSenders--;
    }

    private void QueueControl(StreamState stream)
    {
        if (stream.IsInControlQueue)
            return;
        stream.IsInControlQueue = true;
        _control.Enqueue(stream);
    }

    private void QueueSender(StreamState stream)
    {
        if (stream.IsInSendQueue)
            return;
        stream.IsInSendQueue = true;
        _senders.Enqueue(stream);
    }
}
