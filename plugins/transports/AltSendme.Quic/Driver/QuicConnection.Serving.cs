using AltSendme.Primitives.Concurrency;
using AltSendme.Quic.Metrics;
using AltSendme.Quic.Paths;
using AltSendme.Quic.Streams;

namespace AltSendme.Quic.Driver;

/// <summary>The side of a connection that lives on the endpoint's thread: events out of the core, datagrams out, streams.</summary>
public sealed partial class QuicConnection
{
    private const int DatagramBacklog = 1024;

    // Batches of one connection before others, and what arrived, get their turn.
    private const int BatchesPerTurn = 4;

    // Streams of a direction that wait for the program to accept them.
    private const int UntakenStreams = 128;

    private readonly Dictionary<ulong, QuicStream> _streams = [];
    private readonly bool[] _isHoldingBack = new bool[2];
    private readonly Queue<TaskCompletionSource<QuicStream>>[] _openings = [new(), new()];
    private static readonly TimeSpan PathReportInterval = TimeSpan.FromSeconds(1);

    private readonly Latest<QuicPath> _path;
    private readonly Latest<NetworkAddress?> _observed = new(null);
    private Instant _pathReported;
    private ConnectionStatistics _counted;

    internal Connection Core { get; }

    internal EndpointLoop Loop => _driver.Loop;

    internal SegmentPool Segments => _driver.Segments;

    /// <summary>Whether there was a peer that is worth telling of the end.</summary>
    internal bool WasEstablished { get; private set; }

    /// <summary>Whether it is in the driver's list.</summary>
    internal bool IsActive { get; set; }

    /// <summary>Whether nothing may be done with its core any more.</summary>
    internal bool IsForgotten { get; set; }

    /// <summary>Place and key in the heap of timers.</summary>
    internal int HeapIndex { get; set; } = TimerHeap.Absent;

    internal Instant Deadline { get; set; } = Instant.Never;

    internal Instant Now => _driver.Now;

    /// <summary>What a stream fails with that is closed without its own doing: the connection may be over before anybody was told.</summary>
    internal Exception FaultOfClosedStream => Core.CloseReason is { } reason ? new QuicConnectionException(QuicCloseReason.From(reason)) : new QuicStreamException(0);

    internal void Activate() => _driver.Activate(this);

    /// <summary>Handles events and sends. True when there is more to send.</summary>
    internal bool Serve()
    {
        TakeEvents();
        if (Now - _pathReported >= PathReportInterval && WasEstablished)
            ReportPath();
        for (var i = 0; i < BatchesPerTurn; i++)
        {
            if (!_driver.Transmit(Core))
                return _driver.HasUnsent;
        }

        return true;
    }

    /// <summary>Adds what happened since the last call.</summary>
    internal void CountInto(EndpointCounters counters)
    {
        var now = Core.Statistics;
        counters.Add(_counted, now);
        _counted = now;
    }

    /// <summary>The core is drained, or the thread ends.</summary>
    internal void Abandon(Exception? fault)
    {
        TakeEvents();
        End(Core.CloseReason is { } reason ? QuicCloseReason.From(reason)
            : fault is null ? new QuicCloseReason(QuicFailure.ClosedHere, 0, "The endpoint was closed.")
            : new QuicCloseReason(QuicFailure.InternalError, (ulong)TransportErrorCode.InternalError, fault.Message));
        Core.Dispose();
    }

    internal void OnStreamDone(QuicStream stream) => _streams.Remove(stream.Number);

    private bool IsThrough => _closed.Task.IsCompleted;

    private void TakeEvents()
    {
        while (Core.TryTakeEvent(out var happened))
            On(happened);
    }

    private void On(in ConnectionEvent happened)
    {
        switch (happened.Kind)
        {
            case ConnectionEventKind.Connected:
                OnConnected();
                break;
            case ConnectionEventKind.StreamsOpened:
                TakeIn(happened.Direction, UntakenStreams);
                break;
            case ConnectionEventKind.StreamsAvailable:
                OpenWaiting(happened.Direction);
                break;
            case ConnectionEventKind.StreamReadable when _streams.TryGetValue(happened.StreamId.Value, out var stream):
                stream.Readable.Set();
                break;
            case ConnectionEventKind.StreamWritable when _streams.TryGetValue(happened.StreamId.Value, out var stream):
                stream.Writable.Set();
                break;
            case ConnectionEventKind.StreamStopped when _streams.TryGetValue(happened.StreamId.Value, out var stream):
                stream.OnStopped(happened.ErrorCode);
                break;
            case ConnectionEventKind.StreamSent when _streams.TryGetValue(happened.StreamId.Value, out var stream):
                stream.OnSent();
                break;
            case ConnectionEventKind.DatagramReceived:
                TakeDatagrams();
                break;
            case ConnectionEventKind.PathChanged:
                ReportPath();
                break;
            case ConnectionEventKind.AddressObserved:
                _observed.Set(Core.ObservedAddress);
                break;
            case ConnectionEventKind.Closed:
                End(QuicCloseReason.From(Core.CloseReason!));
                break;
        }
    }

    private void ReportPath()
    {
        _pathReported = Now;
        var path = new QuicPath(Core.Path.Address.Remote, Core.Path.Rtt.HasSample ? Core.Path.Rtt.Smoothed : null);
        if (path != _path.Value)
            _path.Set(path);
    }

    // Streams that nobody takes stay in the core, where they count against the peer's limit: it cannot make us hold pipes for any number of them.
    private void TakeIn(StreamDirection direction, int limit)
    {
        var incoming = _incoming[(int)direction];
        do
        {
            while (incoming.Reader.Count < limit)
            {
                if (!Core.TryAcceptStream(direction, out var id))
                    return;
                incoming.Writer.TryWrite(Add(id));
            }

            _isHoldingBack[(int)direction] = true;
            Interlocked.MemoryBarrier();
        }
        while (incoming.Reader.Count < limit);
    }

    private async ValueTask<QuicStream> AcceptAsync(StreamDirection direction, CancellationToken cancellationToken)
    {
        var stream = await TakeAsync(_incoming[(int)direction], cancellationToken).ConfigureAwait(false);
        if (Volatile.Read(ref _isHoldingBack[(int)direction]))
        {
            Loop.Schedule(_ =>
            {
                _isHoldingBack[(int)direction] = false;
                if (!IsThrough)
                    TakeIn(direction, UntakenStreams);
            }, null);
        }

        return stream;
    }

    private void OnConnected()
    {
        WasEstablished = true;
        RemotePublicKey = Core.PeerPublicKey.ToArray();
        ApplicationProtocol = Core.ApplicationProtocol.ToArray();
        _established.TrySetResult();
        if (_isAccepted && !_driver.Offer(this))
            Core.Close((ulong)TransportErrorCode.ConnectionRefused, "Too many connections wait.", Now);
    }

    private void TakeDatagrams()
    {
        while (Core.NextDatagramLength is >= 0 and var length)
        {
            var datagram = new byte[length];
            Core.ReadDatagram(datagram);
            _datagrams.Writer.TryWrite(datagram);
        }
    }

    private void Open(StreamDirection direction, TaskCompletionSource<QuicStream> opening)
    {
        if (IsThrough)
        {
            opening.TrySetException(new QuicConnectionException(_closed.Task.Result));
            return;
        }

        _openings[(int)direction].Enqueue(opening);
        OpenWaiting(direction);
        Activate();
    }

    private void OpenWaiting(StreamDirection direction)
    {
        var waiting = _openings[(int)direction];
        while (waiting.TryPeek(out var first))
        {
            if (first.Task.IsCompleted)
            {
                waiting.Dequeue();
                continue;
            }

            if (!Core.TryOpenStream(direction, out var id))
                return;
            waiting.Dequeue();
            var stream = Add(id);
            if (!first.TrySetResult(stream))
                stream.GiveUp();
        }
    }

    private QuicStream Add(StreamId id)
    {
        var isOurs = id.Initiator == Core.Side;
        var isBidirectional = id.Direction == StreamDirection.Bidirectional;
        var stream = new QuicStream(this, id, canRead: isBidirectional || !isOurs, canWrite: isBidirectional || isOurs);
        _streams.Add(id.Value, stream);
        stream.Start();
        return stream;
    }

    private void End(QuicCloseReason reason)
    {
        if (!_closed.TrySetResult(reason))
            return;
        var fault = new QuicConnectionException(reason);
        if (_established.TrySetException(fault))
            _ = _established.Task.Exception;
        if (reason.Failure != QuicFailure.ClosedHere)
        {
            TakeIn(StreamDirection.Bidirectional, int.MaxValue);
            TakeIn(StreamDirection.Unidirectional, int.MaxValue);
        }

        foreach (var stream in _streams.Values.ToArray())
            stream.OnConnectionClosed(fault, deliversRest: reason.Failure != QuicFailure.ClosedHere);
        foreach (var waiting in _openings)
        {
            while (waiting.TryDequeue(out var opening))
                opening.TrySetException(fault);
        }

        foreach (var channel in _incoming)
            channel.Writer.TryComplete();
        _datagrams.Writer.TryComplete();
        _path.Complete();
        _observed.Complete();
    }
}
