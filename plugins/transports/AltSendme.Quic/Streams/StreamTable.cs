using AltSendme.Quic.Crypto;
using AltSendme.Quic.Parameters;

namespace AltSendme.Quic.Streams;

/// <summary>All streams of a connection: opening and accepting, the credit that they share, and what to send of them (RFC 9000, sections 2 to 4).</summary>
internal sealed partial class StreamTable : IDisposable
{
    private readonly Side _side;
    private readonly ConnectionOptions _options;
    private readonly Queue<ConnectionEvent> _events;
    private readonly Dictionary<ulong, QuicStream> _streams = [];
    private readonly StreamCounts[] _counts;
    private TransportParameters _peer = new();

    /// <summary>Starts without streams. Events are appended to <paramref name="events"/>.</summary>
    public StreamTable(Side side, ConnectionOptions options, Queue<ConnectionEvent> events)
    {
        _side = side;
        _options = options;
        _events = events;
        _counts = [new StreamCounts(options.MaxBidirectionalStreams), new StreamCounts(options.MaxUnidirectionalStreams)];
        _window = new ReceiveWindow(options.InitialConnectionWindow, options.MaxConnectionWindow);
    }

    /// <summary>Streams that are not through.</summary>
    public int Count => _streams.Count;

    /// <summary>Takes what the peer allows at first.</summary>
    public void OnPeerParameters(TransportParameters peer)
    {
        _peer = peer;
        _sendCredit = peer.InitialMaxData;
        OnMaxStreams(StreamDirection.Bidirectional, peer.InitialMaxStreamsBidi);
        OnMaxStreams(StreamDirection.Unidirectional, peer.InitialMaxStreamsUni);
    }

    /// <summary>Opens a stream; false when the peer's limit is reached, and an event tells when it is raised.</summary>
    public bool TryOpen(StreamDirection direction, out StreamId id)
    {
        var counts = CountsOf(direction);
        id = new StreamId(_side, direction, counts.Opened);
        if (counts.Opened >= counts.OpenLimit)
        {
            counts.IsBlockedPending = counts.BlockedAt != counts.OpenLimit;
            return false;
        }

        counts.Opened++;
        Add(id);
        return true;
    }

    /// <summary>Takes the next stream that the peer opened.</summary>
    public bool TryAccept(StreamDirection direction, out StreamId id)
    {
        var counts = CountsOf(direction);
        id = new StreamId(Other(_side), direction, counts.Accepted);
        if (counts.Accepted >= counts.OpenedByPeer)
            return false;
        counts.Accepted++;
        return true;
    }

    /// <summary>Takes MAX_STREAMS.</summary>
    public void OnMaxStreams(StreamDirection direction, ulong maximum)
    {
        if (CountsOf(direction).OnOpenLimit(maximum))
            _events.Enqueue(new ConnectionEvent(ConnectionEventKind.StreamsAvailable, Direction: direction));
    }

    /// <summary>The connection ended: what was to be sent is dropped, what arrived can still be read.</summary>
    public void EndSending()
    {
        _waitingWriters.Clear();
        foreach (var stream in _streams.Values)
            stream.EndSending();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var stream in _streams.Values)
        {
            stream.Send?.Dispose();
            stream.Receive?.Dispose();
        }

        _streams.Clear();
    }

    private static Side Other(Side side) => side == Side.Client ? Side.Server : Side.Client;

    private StreamCounts CountsOf(StreamDirection direction) => _counts[(int)direction];

    private bool TryFind(StreamId id, out QuicStream stream) => _streams.TryGetValue(id.Value, out stream!);

    private QuicStream Add(StreamId id)
    {
        var isOurs = id.Initiator == _side;
        var isBidirectional = id.Direction == StreamDirection.Bidirectional;
        var credit = !isBidirectional ? _peer.InitialMaxStreamDataUni : isOurs ? _peer.InitialMaxStreamDataBidiRemote : _peer.InitialMaxStreamDataBidiLocal;
        var stream = new QuicStream(
            id,
            isOurs || isBidirectional ? new SendStream(id, credit) : null,
            !isOurs || isBidirectional ? new ReceiveStream(id, _options.InitialStreamWindow, _options.MaxStreamWindow) : null);
        _streams.Add(id.Value, stream);
        return stream;
    }

    // A frame of the peer's names a stream. Streams of its own that are new open with all lower ones (RFC 9000, section 3.2); null means that the stream is through.
    private bool TryResolve(StreamId id, bool needsReceive, out QuicStream? stream, out TransportError error)
    {
        error = default;
        var isOurs = id.Initiator == _side;
        var counts = CountsOf(id.Direction);
        if (id.Direction == StreamDirection.Unidirectional && isOurs == needsReceive)
            error = needsReceive ? NotReceivable : NotSendable;
        else if (isOurs && id.Index >= counts.Opened)
            error = NotOpened;
        else if (!isOurs && id.Index >= counts.PeerLimit)
            error = TooManyStreams;
        if (error.IsError)
        {
            stream = null;
            return false;
        }

        if (!isOurs && id.Index >= counts.OpenedByPeer)
        {
            while (counts.OpenedByPeer <= id.Index)
                Add(new StreamId(id.Initiator, id.Direction, counts.OpenedByPeer++));
            _events.Enqueue(new ConnectionEvent(ConnectionEventKind.StreamsOpened, Direction: id.Direction));
        }

        _streams.TryGetValue(id.Value, out stream);
        return true;
    }

    private void RemoveIfDone(QuicStream stream)
    {
        if (stream.Send is { IsDone: true } && !stream.IsSentReported)
        {
            stream.IsSentReported = true;
            _events.Enqueue(new ConnectionEvent(ConnectionEventKind.StreamSent, stream.Id));
        }

        if (!stream.IsDone || !_streams.Remove(stream.Id.Value))
            return;
        stream.Send?.Dispose();
        stream.Receive?.Dispose();
        if (stream.Id.Initiator != _side)
            CountsOf(stream.Id.Direction).OnPeerStreamClosed();
    }
}
