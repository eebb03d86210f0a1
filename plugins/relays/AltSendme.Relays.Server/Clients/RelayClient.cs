using System.Security.Cryptography;
using AltSendme.Abstractions;
using AltSendme.RelayProtocol;
using AltSendme.Relays.Server.Configuration;
using AltSendme.Relays.Server.Metrics;
using AltSendme.Relays.Server.WebSockets;

namespace AltSendme.Relays.Server.Clients;

/// <summary>
/// One authenticated client: a loop that reads its packets and puts each into its destination's queue, and a loop that sends what stands in its own. Ends when the client does, breaks the protocol, is
/// too slow, or the relay goes down.
/// </summary>
internal sealed class RelayClient : IDisposable
{
    /// <summary>Peers that are remembered, so that they can be told when this endpoint goes.</summary>
    private const int MaxSentTo = 1024;

    /// <summary>Chunks that are sent in a row before others get their turn on the thread.</summary>
    private const int ChunksInARow = 16;

    private const long Never = -1;

    private readonly Stream _stream;
    private readonly MessageReader _reader;
    private readonly Action _abort;
    private readonly ClientRegistry _registry;
    private readonly RelayMetrics _metrics;
    private readonly TimeProvider _timeProvider;
    private readonly LimitOptions _limits;
    private readonly OutboundQueue _queue;
    private readonly byte[] _id;
    private readonly HashSet<EndpointId> _sentTo = [];
    private readonly CancellationTokenSource _ended;   // cancelled by RunAsync when either loop has ended, and when the connection is gone
    private TokenBucket _bucket;
    private EndpointId _lastSentTo;
    private RelayClient? _toWake;
    private bool _toldOfLimit;
    private bool _hasAdvanced;
    private ushort _closeCode = CloseCodes.Normal;

    // Timestamps; written by the loops, read by the watch.
    private long _heard;
    private long _pinged = Never;
    private long _writingSince = Never;
    private long _unfinishedSince = Never;

    public RelayClient(EndpointId endpoint, RelayVersion version, Stream stream, MessageReader reader, Action abort, ClientRegistry registry, RelayMetrics metrics, LimitOptions limits, TimeProvider timeProvider, CancellationToken gone)
    {
        _ended = CancellationTokenSource.CreateLinkedTokenSource(gone);
        Endpoint = endpoint;
        Version = version;
        _stream = stream;
        _reader = reader;
        _abort = abort;
        _registry = registry;
        _metrics = metrics;
        _limits = limits;
        _timeProvider = timeProvider;
        _queue = new OutboundQueue(limits);
        _id = endpoint.ToArray();
        _bucket = new TokenBucket(limits.ClientBytesPerSecond, limits.ClientBurst, timeProvider);
        _heard = timeProvider.GetTimestamp();
    }

    public EndpointId Endpoint { get; }

    public RelayVersion Version { get; }

    /// <summary>Whom this endpoint has sent to; complete only after <see cref="RunAsync"/>.</summary>
    public IReadOnlyCollection<EndpointId> SentTo => _sentTo;

    /// <summary>Runs both loops to their end. The connection is the caller's to close.</summary>
    public async Task RunAsync()
    {
        var sending = SendAsync();
        var reading = ReadAsync();
        await Task.WhenAny(sending, reading);
        _queue.Complete();

        // What is queued is sent as long as the client takes it; the watch cuts off one that does not.
        await sending;
        await _ended.CancelAsync();
        await reading;
        _registry.Remove(this);
        _queue.Clear();
    }

    public void Dispose() => _ended.Dispose();

    /// <summary>Ends the connection at once.</summary>
    public void Cut() => _abort();

    /// <summary>Sends what is queued, then the end.</summary>
    public void Leave(ushort closeCode)
    {
        _closeCode = closeCode;
        _queue.Complete();
    }

    /// <summary>Says how the connection stands.</summary>
    public void Tell(ClientStatus status)
    {
        Span<byte> frame = stackalloc byte[128];
        _queue.AddControl(FrameHeader.Binary, frame[..ControlFrames.WriteStatus(frame, Version, status)]);
    }

    /// <summary>Says that a peer is gone.</summary>
    public void TellGone(EndpointId peer)
    {
        Span<byte> id = stackalloc byte[EndpointId.Length];
        Span<byte> frame = stackalloc byte[ControlFrames.MaxLength];
        peer.CopyTo(id);
        _queue.AddControl(FrameHeader.Binary, frame[..ControlFrames.WriteEndpointGone(frame, id)]);
    }

    /// <summary>Says that the relay restarts, and leaves.</summary>
    public void Restart(TimeSpan reconnectIn, TimeSpan tryFor)
    {
        Span<byte> frame = stackalloc byte[ControlFrames.MaxLength];
        _queue.AddControl(FrameHeader.Binary, frame[..ControlFrames.WriteRestarting(frame, reconnectIn, tryFor)]);
        Leave(CloseCodes.ServiceRestart);
    }

    /// <summary>Called every second: asks a silent client for a sign of life, and cuts off one that gives none, takes nothing, or leaves a frame unfinished.</summary>
    public void Watch(long now)
    {
        if (IsOver(_writingSince, now, _limits.StallTimeout) || IsOver(_unfinishedSince, now, _limits.StallTimeout))
        {
            Interlocked.Increment(ref _metrics.SlowClientsCut);
            Cut();
        }
        else if (IsOver(_pinged, now, _limits.PongTimeout))
        {
            Interlocked.Increment(ref _metrics.SilentClientsCut);
            Cut();
        }
        else if (Volatile.Read(ref _pinged) == Never && IsOver(_heard, now, _limits.PingInterval))
        {
            Volatile.Write(ref _pinged, now);
            Span<byte> frame = stackalloc byte[ControlFrames.MaxLength];
            _queue.AddControl(FrameHeader.Binary, frame[..ControlFrames.WritePing(frame, FrameType.Ping, BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))))]);
        }
    }

    private bool IsOver(long since, long now, TimeSpan limit) => since != Never && _timeProvider.GetElapsedTime(since, now) > limit;

    private async Task ReadAsync()
    {
        try
        {
            while (Handle())
            {
                Volatile.Write(ref _unfinishedSince, UnfinishedSince());
                var read = await _reader.FillAsync(_ended.Token);
                if (read == 0)
                    return;
                Volatile.Write(ref _heard, _timeProvider.GetTimestamp());
                Volatile.Write(ref _pinged, Never);
                if (_bucket.Take(read) is { Ticks: > 0 } pause)
                    await SlowDownAsync(pause);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client went away, or was cut off.
        }
        finally
        {
            _reader.Dispose();
        }
    }

    /// <summary>Since when a message has been under way. One that is cut by the end of a read is no sign of slowness while others come.</summary>
    private long UnfinishedSince()
    {
        if (!_reader.IsWithinMessage)
            return Never;
        return _hasAdvanced || _unfinishedSince == Never ? _timeProvider.GetTimestamp() : _unfinishedSince;
    }

    private async Task SlowDownAsync(TimeSpan pause)
    {
        Interlocked.Increment(ref _metrics.RateLimited);
        if (!_toldOfLimit && Version >= RelayVersion.V2)
            Tell(ClientStatus.RateLimited);
        _toldOfLimit = true;
        await Task.Delay(pause, _timeProvider, _ended.Token);
    }

    /// <summary>Handles all messages that are whole; <see langword="false"/> when the client is to go.</summary>
    private bool Handle()
    {
        var tally = default(Tally);
        var stays = true;
        _hasAdvanced = false;
        while (stays && _reader.TryNext(out var opcode, out var payload))
        {
            _hasAdvanced = true;
            switch (opcode)
            {
                case FrameHeader.Binary:
                    stays = HandleFrame(payload, ref tally);
                    break;
                case FrameHeader.Ping:
                    _queue.AddControl(FrameHeader.Pong, payload);
                    break;
                case FrameHeader.Close:
                    stays = false;
                    break;
                case FrameHeader.Text:
                    // No message of this protocol; iroh's relay passes over them.
                    Interlocked.Increment(ref _metrics.TextsIgnored);
                    break;
                default:
                    break;
            }
        }

        Wake(null);
        _metrics.Count(tally);
        return stays && (_reader.Fault == WebSocketFault.None || Refuse(_reader.Fault));
    }

    private bool HandleFrame(ReadOnlySpan<byte> message, ref Tally tally)
    {
        if (!ClientFrame.TryRead(message, out var frame, out var fault))
        {
            _metrics.CountFault(fault.ToString());
            _closeCode = CloseCodes.ProtocolError;
            return false;
        }

        switch (frame.Type)
        {
            case FrameType.Ping:
                Pong(frame.Nonce);
                break;
            case FrameType.Pong:
                break;
            default:
                tally.Packets++;
                tally.Bytes += frame.Datagrams.Contents.Length;
                Forward(frame.Datagrams.Peer, frame.Type == FrameType.ClientToRelayBatch, AfterDestination(message), ref tally);
                break;
        }

        return true;
    }

    /// <summary>From the congestion mark on: passed on as it is.</summary>
    private static ReadOnlySpan<byte> AfterDestination(ReadOnlySpan<byte> message) => message[((1 << (message[0] >> 6)) + EndpointId.Length)..];

    private void Forward(ReadOnlySpan<byte> destination, bool isBatch, ReadOnlySpan<byte> rest, ref Tally tally)
    {
        var peer = new EndpointId(destination);
        if (!_registry.TryFind(peer, out var client))
        {
            tally.Absent++;
            return;
        }

        if (peer != _lastSentTo)
        {
            _lastSentTo = peer;
            if (_sentTo.Count < MaxSentTo)
                _sentTo.Add(peer);
        }

        var outcome = client._queue.Add(_id, isBatch, rest);
        tally.Absent += outcome < 0 ? 1 : 0;
        tally.Dropped += outcome > 0 ? outcome : 0;
        if (client != _toWake)
            Wake(client);
    }

    /// <summary>Wakes the destination of the packets before; the one that gets packets now is woken when there are no more for it.</summary>
    private void Wake(RelayClient? next)
    {
        _toWake?._queue.Wake();
        _toWake = next;
    }

    private void Pong(ulong nonce)
    {
        Span<byte> frame = stackalloc byte[ControlFrames.MaxLength];
        _queue.AddControl(FrameHeader.Binary, frame[..ControlFrames.WritePing(frame, FrameType.Pong, nonce)]);
    }

    private bool Refuse(WebSocketFault fault)
    {
        _metrics.CountFault(fault.ToString());
        _closeCode = fault == WebSocketFault.TooLarge ? CloseCodes.TooLarge : CloseCodes.ProtocolError;
        return false;
    }

    private async Task SendAsync()
    {
        try
        {
            while (await _queue.WaitAsync())
            {
                for (var inARow = 0; _queue.Take() is { } chunk; inARow++)
                {
                    await WriteAsync(chunk);
                    if (inARow == ChunksInARow)
                    {
                        inARow = 0;
                        await Task.Yield();
                    }
                }
            }

            await CloseAsync();
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client went away, or was cut off.
        }
    }

    private async ValueTask WriteAsync(Chunk chunk)
    {
        try
        {
            var writing = _stream.WriteAsync(chunk.UnsentMemory);
            if (!writing.IsCompletedSuccessfully)
            {
                Volatile.Write(ref _writingSince, _timeProvider.GetTimestamp());
                await writing;
                Volatile.Write(ref _writingSince, Never);
            }

            Interlocked.Add(ref _metrics.PacketsSent, chunk.Frames);
        }
        finally
        {
            _queue.Return(chunk);
        }
    }

    private async ValueTask CloseAsync()
    {
        var frame = new byte[4];
        FrameHeader.Write(frame, FrameHeader.Close, sizeof(ushort));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), _closeCode);
        Volatile.Write(ref _writingSince, _timeProvider.GetTimestamp());
        await _stream.WriteAsync(frame);
        await _stream.FlushAsync();
        Volatile.Write(ref _writingSince, Never);
    }
}
