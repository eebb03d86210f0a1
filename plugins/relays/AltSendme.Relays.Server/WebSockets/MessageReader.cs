using System.Buffers;
using System.Runtime.CompilerServices;
using AltSendme.RelayProtocol;

namespace AltSendme.Relays.Server.WebSockets;

/// <summary>
/// Reads a client's messages from its connection: many out of one read, each where it stands in the buffer. Holds no buffer while the client is silent. One caller at a time, who disposes it.
/// </summary>
internal sealed class MessageReader(Stream stream) : IDisposable
{
    private const int SmallBuffer = 16 * 1024;

    // A size that the pool has: the longest frame with its header, and about as much again.
    private const int LargeBuffer = 128 * 1024;

    private byte[]? _buffer;
    private int _start;
    private int _end;
    private byte[]? _parts;
    private int _partsLength = -1;
    private byte _partsOpcode;

    /// <summary>Longest message that is taken, in bytes. Small as long as it is not known who sends.</summary>
    public int MaxMessage { get; set; } = RelayLimits.MaxFrame;

    /// <summary>Whether a message has begun and not ended.</summary>
    public bool IsWithinMessage => _start < _end || _partsLength >= 0;

    /// <summary>What was wrong, after <see cref="TryNext"/> said <see langword="false"/>; more bytes are needed when it is <see cref="WebSocketFault.None"/>.</summary>
    public WebSocketFault Fault { get; private set; }

    /// <summary>Waits for more bytes; 0 when the client has ended the connection. Spans given out before are no longer valid.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> FillAsync(CancellationToken cancellationToken)
    {
        if (_start == _end)
        {
            // Reading nothing waits until there is something, without a buffer; a thousand silent clients hold none.
            var ready = stream.ReadAsync(Memory<byte>.Empty, cancellationToken);
            if (!ready.IsCompletedSuccessfully)
            {
                Release();
                await ready;
            }
        }

        MakeRoom();
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        return read;
    }

    /// <summary>Takes the next whole message; its payload stands in the buffer until the next call. Parts of a message are put together.</summary>
    public bool TryNext(out byte opcode, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        while (true)
        {
            opcode = 0;
            if (!FrameHeader.TryRead(_buffer.AsSpan(_start, _end - _start), MaxMessage, out var header, out var fault))
                return Fail(fault);
            if (_end - _start < header.Length + header.PayloadLength)
                return false;

            var body = _buffer.AsSpan(_start + header.Length, header.PayloadLength);
            _start += header.Length + header.PayloadLength;
            PayloadMask.Remove(body, header.Mask);
            opcode = header.Opcode;
            payload = body;
            if (opcode >= FrameHeader.Close || (header.IsLast && opcode != FrameHeader.Continuation && _partsLength < 0))
                return true;

            if (!TryAppend(header, body, ref opcode, ref payload))
            {
                if (Fault != WebSocketFault.None)
                    return false;
                continue;
            }

            return true;
        }
    }

    public void Dispose()
    {
        Release();
        if (_parts is not null)
            ArrayPool<byte>.Shared.Return(_parts);
        _parts = null;
    }

    private bool TryAppend(FrameHeader header, ReadOnlySpan<byte> body, ref byte opcode, ref ReadOnlySpan<byte> payload)
    {
        if (header.Opcode == FrameHeader.Continuation == _partsLength < 0)
            return Fail(WebSocketFault.OutOfOrder);
        if (_partsLength < 0)
        {
            _partsOpcode = header.Opcode;
            _partsLength = 0;
        }

        if (_partsLength + body.Length > MaxMessage)
            return Fail(WebSocketFault.TooLarge);
        _parts ??= ArrayPool<byte>.Shared.Rent(RelayLimits.MaxFrame);
        body.CopyTo(_parts.AsSpan(_partsLength));
        _partsLength += body.Length;
        if (!header.IsLast)
            return false;
        opcode = _partsOpcode;
        payload = _parts.AsSpan(0, _partsLength);
        _partsLength = -1;
        return true;
    }

    private bool Fail(WebSocketFault fault)
    {
        Fault = fault;
        return false;
    }

    private void MakeRoom()
    {
        if (_buffer is null)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(SmallBuffer);
            _start = _end = 0;
            return;
        }

        // A read that filled the buffer promises more; before anything is proved nothing is promised.
        var isBusy = _end == _buffer.Length && MaxMessage > SmallBuffer;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length || (isBusy && _buffer.Length < LargeBuffer))
            Grow();
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(LargeBuffer);
        _buffer.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer!);
        _buffer = larger;
    }

    private void Release()
    {
        if (_buffer is not null)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
        _start = _end = 0;
    }
}
