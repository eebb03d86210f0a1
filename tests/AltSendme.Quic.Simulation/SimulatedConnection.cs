using AltSendme.Quic.Streams;

namespace AltSendme.Quic.Simulation;

/// <summary>A connection with an application that sends and collects streams.</summary>
internal sealed class SimulatedConnection(Connection core, SimulatedNetwork network)
{
    private readonly Dictionary<ulong, Outgoing> _outgoing = [];
    private readonly Dictionary<ulong, Incoming> _incoming = [];
    private readonly Queue<(StreamDirection Direction, byte[] Bytes)> _waiting = new();
    private readonly byte[] _buffer = new byte[1 << 16];

    /// <summary>The state machine.</summary>
    public Connection Core { get; } = core;

    /// <summary>Events that were seen.</summary>
    public List<ConnectionEvent> Events { get; } = [];

    /// <summary>Datagrams that arrived.</summary>
    public List<byte[]> Datagrams { get; } = [];

    /// <summary>Streams that arrived so far, by id.</summary>
    public IReadOnlyDictionary<ulong, Incoming> Received => _incoming;

    /// <summary>Bytes read on all streams.</summary>
    public ulong BytesRead { get; private set; }

    /// <summary>Whether what arrives is read; off, the receiver's windows fill.</summary>
    public bool IsReading { get; set; } = true;

    /// <summary>Whether what is read is kept; off, long runs need no memory.</summary>
    public bool IsKeeping { get; set; } = true;

    /// <summary>Whether each stream of the peer's is answered with its own bytes.</summary>
    public bool IsEchoing { get; set; }

    /// <summary>Bytes to send on one stream for ever; zero for none.</summary>
    public int EndlessChunk { get; set; }

    /// <summary>Whether all that was to be sent was taken by the connection.</summary>
    public bool HasWrittenAll => _waiting.Count == 0 && _outgoing.Values.All(stream => stream.Written == stream.Bytes.Length);

    /// <summary>Whether an event was seen.</summary>
    public bool Saw(ConnectionEventKind kind) => Events.Exists(happened => happened.Kind == kind);

    /// <summary>Sends bytes on a stream of their own as soon as that is possible.</summary>
    public void Send(byte[] bytes, StreamDirection direction = StreamDirection.Unidirectional)
    {
        _waiting.Enqueue((direction, bytes));
        Work();
    }

    /// <summary>Does what can be done now.</summary>
    public void Work()
    {
        while (Core.TryTakeEvent(out var happened))
            Events.Add(happened);
        while (_waiting.TryPeek(out var next) && Core.TryOpenStream(next.Direction, out var id))
            _outgoing.Add(id.Value, new Outgoing(_waiting.Dequeue().Bytes));
        foreach (var (id, stream) in _outgoing)
            Write(new StreamId(id), stream);
        Accept(StreamDirection.Bidirectional);
        Accept(StreamDirection.Unidirectional);
        if (IsReading)
        {
            foreach (var (id, stream) in _incoming)
                Read(new StreamId(id), stream);
        }

        for (var length = Core.ReadDatagram(_buffer); length >= 0; length = Core.ReadDatagram(_buffer))
            Datagrams.Add(_buffer.AsSpan(0, length).ToArray());
    }

    private void Accept(StreamDirection direction)
    {
        while (Core.TryAcceptStream(direction, out var id))
            _incoming.Add(id.Value, new Incoming());
    }

    private void Write(StreamId id, Outgoing stream)
    {
        if (EndlessChunk > 0)
        {
            while (Core.Write(id, _buffer.AsSpan(0, EndlessChunk)).Count == EndlessChunk)
            {
            }

            return;
        }

        while (stream.Written < stream.Bytes.Length)
        {
            var result = Core.Write(id, stream.Bytes.AsSpan(stream.Written));
            if (result.Status != StreamWriteStatus.Accepted)
                return;
            stream.Written += result.Count;
        }

        if (!stream.IsFinished)
            stream.IsFinished = Core.Finish(id);
    }

    private void Read(StreamId id, Incoming stream)
    {
        while (!stream.IsFinished)
        {
            var result = Core.Read(id, _buffer, network.Now);
            if (result.Status == StreamReadStatus.Data)
            {
                BytesRead += (ulong)result.Count;
                if (IsKeeping)
                    stream.Bytes.AddRange(_buffer.AsSpan(0, result.Count));
                continue;
            }

            stream.ResetCode = result.Status == StreamReadStatus.Reset ? result.ErrorCode : null;
            stream.IsFinished = result.Status is not StreamReadStatus.Blocked;
            if (result.Status == StreamReadStatus.Finished && IsEchoing && id.Direction == StreamDirection.Bidirectional)
                _outgoing.TryAdd(id.Value, new Outgoing([.. stream.Bytes]));
            return;
        }
    }

    /// <summary>A stream that is being collected.</summary>
    internal sealed class Incoming
    {
        /// <summary>What came.</summary>
        public List<byte> Bytes { get; } = [];

        /// <summary>Whether it ended, in whatever way.</summary>
        public bool IsFinished { get; set; }

        /// <summary>The code, when it was reset.</summary>
        public ulong? ResetCode { get; set; }
    }

    private sealed class Outgoing(byte[] bytes)
    {
        public byte[] Bytes { get; } = bytes;

        public int Written { get; set; }

        public bool IsFinished { get; set; }
    }
}
