using System.Threading.Tasks.Sources;
using AltSendme.RelayProtocol;
using AltSendme.Relays.Server.Configuration;
using AltSendme.Relays.Server.WebSockets;

namespace AltSendme.Relays.Server.Clients;

/// <summary>
/// What waits for one client: frames written as they will stand on the wire, in a few rented chunks, so that one write sends many and a frame costs one copy. When there are too many the oldest are
/// dropped: what is fresh is worth more to QUIC. Control frames are few, stand apart, and go first. Any number of writers, one reader.
/// </summary>
internal sealed class OutboundQueue(LimitOptions limits) : IValueTaskSource<bool>, IThreadPoolWorkItem
{
    private const int SmallChunk = 16 * 1024;
    private const int LargeChunk = 64 * 1024;
    private const int ControlChunk = 2048;

    // Held for the time of a copy; writers are other clients' readers, the reader is this client's sender.
    private readonly Lock _gate = new();
    private readonly Queue<Chunk> _chunks = new();
    private readonly Stack<Chunk> _spare = new();
    private readonly Chunk _control = new();
    private Chunk? _last;
    private int _frames;
    private int _bytes;
    private bool _completed;
    private bool _waiting;
    private ManualResetValueTaskSourceCore<bool> _signal;

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
                return _frames == 0 && _control.Frames == 0;
        }
    }

    /// <summary>Queues a packet. Returns how many older ones were dropped for it, or -1 when this one was, since the client is leaving. Wakes nobody: <see cref="Wake"/> does, once for many.</summary>
    public int Add(ReadOnlySpan<byte> source, bool isBatch, ReadOnlySpan<byte> rest)
    {
        var payload = 1 + source.Length + rest.Length;
        var length = FrameHeader.ServerLength(payload) + payload;
        lock (_gate)
        {
            if (_completed)
                return -1;
            var dropped = 0;
            while (_frames > 0 && (_frames >= limits.QueueFrames || _bytes + length > limits.QueueBytes))
            {
                DropOldest();
                dropped++;
            }

            var place = ChunkFor(length).Append(length);
            _frames++;
            _bytes += length;
            place = place[FrameHeader.Write(place, FrameHeader.Binary, payload)..];
            place[0] = (byte)(isBatch ? FrameType.RelayToClientBatch : FrameType.RelayToClientDatagram);
            source.CopyTo(place[1..]);
            rest.CopyTo(place[(1 + source.Length)..]);
            return dropped;
        }
    }

    /// <summary>Queues a small frame ahead of the packets, and wakes the reader. When too many of these wait, which no client that reads lets happen, it is dropped.</summary>
    public bool AddControl(byte opcode, ReadOnlySpan<byte> payload)
    {
        var length = FrameHeader.ServerLength(payload.Length) + payload.Length;
        lock (_gate)
        {
            if (_completed)
                return false;
            if (_control.Frames == 0)
            {
                _control.Release();
                _control.Rent(ControlChunk);
            }

            if (_control.Room < length)
                return false;
            var place = _control.Append(length);
            payload.CopyTo(place[FrameHeader.Write(place, opcode, payload.Length)..]);
        }

        Wake();
        return true;
    }

    /// <summary>Wakes the reader if it waits and there is something. The sender may run on this thread until it has to wait.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            if (!_waiting || (_frames == 0 && _control.Frames == 0 && !_completed))
                return;
            _waiting = false;
        }

        _signal.SetResult(true);
    }

    /// <summary>Nothing more is taken; the reader gets what is there, then the end.</summary>
    public void Complete()
    {
        bool wake;
        lock (_gate)
        {
            _completed = true;
            wake = _waiting;
            _waiting = false;
        }

        // On another thread: whoever completes may hold a lock.
        if (wake)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Waits until there is something to send; <see langword="false"/> at the end.</summary>
    public ValueTask<bool> WaitAsync()
    {
        lock (_gate)
        {
            if (_frames > 0 || _control.Frames > 0)
                return new ValueTask<bool>(true);
            if (_completed)
                return new ValueTask<bool>(false);
            _signal.Reset();
            _waiting = true;
            return new ValueTask<bool>(this, _signal.Version);
        }
    }

    /// <summary>Takes the next chunk, which the reader gives back with <see cref="Return"/> once it is sent; <see langword="null"/> when nothing waits.</summary>
    public Chunk? Take()
    {
        lock (_gate)
        {
            if (_control.Frames > 0)
            {
                var copy = Spare(ControlChunk);
                _control.Unsent.CopyTo(copy.Append(_control.Unsent.Length));
                copy.Frames = 0;
                _control.Release();
                return copy;
            }

            if (!_chunks.TryDequeue(out var chunk))
                return null;
            if (chunk == _last)
                _last = null;
            _frames -= chunk.Frames;
            _bytes -= chunk.Unsent.Length;
            return chunk;
        }
    }

    public void Return(Chunk chunk)
    {
        chunk.Release();
        lock (_gate)
            _spare.Push(chunk);
    }

    /// <summary>Gives all buffers back; nothing may be added after it.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _completed = true;
            while (_chunks.TryDequeue(out var chunk))
                chunk.Release();
            _control.Release();
            _last = null;
            _frames = _bytes = 0;
        }
    }

    bool IValueTaskSource<bool>.GetResult(short token) => _signal.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _signal.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => _signal.OnCompleted(continuation, state, token, flags);

    void IThreadPoolWorkItem.Execute() => _signal.SetResult(true);

    private Chunk ChunkFor(int length)
    {
        if (_last is not null && _last.Room >= length)
            return _last;
        var chunk = Spare(Math.Max(length, _last is null ? SmallChunk : LargeChunk));
        _chunks.Enqueue(chunk);
        return _last = chunk;
    }

    private Chunk Spare(int size)
    {
        var chunk = _spare.TryPop(out var spare) ? spare : new Chunk();
        chunk.Rent(size);
        return chunk;
    }

    private void DropOldest()
    {
        var chunk = _chunks.Peek();
        var length = FrameHeader.WrittenLength(chunk.Unsent);
        chunk.Start += length;
        chunk.Frames--;
        _frames--;
        _bytes -= length;
        if (chunk.Frames > 0)
            return;
        _chunks.Dequeue();
        if (chunk == _last)
            _last = null;
        chunk.Release();
        _spare.Push(chunk);
    }
}
