using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using AltSendme.Abstractions;
using AltSendme.DirectConnections.Dialing;
using AltSendme.Transports.Tls.Wire;

namespace AltSendme.Transports.Tls.Connections;

/// <summary>
/// The only reader of a connection: reads a header, then lets TLS decrypt the payload straight into the memory of the stream's pipe. It never waits for anything but
/// the network: flow control has bounded what it stores, so that one slow reader holds nobody else up.
/// </summary>
internal sealed class ReceiveLoop(TlsConnection connection, AuthenticatedLink link, ConnectionEnd end)
{
    /// <summary>Bytes read ahead in search of a header: several small frames at once, little to copy when data follows.</summary>
    private const int HeadLength = 64;

    /// <summary>The rest of a block is used up as long as it has room for a TLS record.</summary>
    private const int WorthwhileRest = 16 * 1024;

    private readonly byte[] _head = new byte[HeadLength];
    private readonly byte[] _payload = new byte[MuxLimits.MaxReasonLength];   // of a farewell, of settings, and of data that nobody wants
    private int _start;
    private int _end;

    /// <summary>Runs until the connection ends; never faults.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (await ReceiveFrameAsync())
            {
            }

            while (await link.Tls.ReadAsync(_payload) > 0)   // to the end, so that closing the socket resets nothing
            {
            }
        }
        catch (Exception exception) when (LinkFailure.Is(exception))
        {
            connection.OnLinkFailed("Reading from the peer failed.", exception);
        }
    }

    /// <summary>Reads and applies one frame; false when the connection is over.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReceiveFrameAsync()
    {
        Frame frame;
        int length;
        MuxFault fault;
        FrameStatus status;
        while ((status = FrameReader.Read(_head.AsSpan(_start.._end), out frame, out length, out fault)) == FrameStatus.Incomplete)
        {
            if (!await FillHeadAsync())
                return OnCut();
        }

        if (status == FrameStatus.Invalid)
            return OnFault(fault);

        _start += length;
        return frame.Type switch
        {
            FrameType.Data => connection.TryReceive(frame, out var into, out fault) ? await ReceiveDataAsync(into, frame.PayloadLength) || OnCut() : OnFault(fault),
            FrameType.Settings or FrameType.Close or FrameType.Fault => await ReceivePayloadAsync(frame.PayloadLength) ? OnPayload(frame) : OnCut(),
            _ => connection.TryReceive(frame, out _, out fault) || OnFault(fault),
        };
    }

    private async ValueTask<bool> FillHeadAsync()
    {
        _head.AsSpan(_start.._end).CopyTo(_head);
        _end -= _start;
        _start = 0;
        var count = await link.Tls.ReadAsync(_head.AsMemory(_end));
        connection.OnHeard();
        _end += count;
        return count > 0;
    }

    /// <summary>Reads the payload of a data frame into a pipe, or nowhere; false when the link ends before.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReceiveDataAsync(PipeWriter? into, int length)
    {
        while (length > 0)
        {
            var memory = into?.GetMemory(Math.Min(length, WorthwhileRest)) ?? _payload;
            if (memory.Length > length)
                memory = memory[..length];
            var count = TakeFromHead(memory.Span);
            var isLate = false;
            if (count == 0)
            {
                var read = link.Tls.ReadAsync(memory);
                isLate = !read.IsCompleted;
                count = await read;
                connection.OnHeard();
                if (count == 0)
                    return false;
            }

            length -= count;
            if (into is null)
                continue;
            into.Advance(count);
            if (isLate || length == 0)   // what came over a slow link is shown to the reader before the frame is whole
                await into.FlushAsync();
        }

        return true;
    }

    private async ValueTask<bool> ReceivePayloadAsync(int length)
    {
        for (var position = 0; position < length;)
        {
            var count = TakeFromHead(_payload.AsSpan(position..length));
            if (count == 0)
                count = await link.Tls.ReadAsync(_payload.AsMemory(position..length));
            if (count == 0)
                return false;
            position += count;
        }

        return true;
    }

    private int TakeFromHead(Span<byte> destination)
    {
        var count = Math.Min(_end - _start, destination.Length);
        _head.AsSpan(_start, count).CopyTo(destination);
        _start += count;
        return count;
    }

    private bool OnPayload(in Frame frame)
    {
        var payload = _payload.AsSpan(0, frame.PayloadLength);
        if (frame.Type == FrameType.Settings)
            return (MuxSettings.TryRead(payload, out var settings, out var fault) && connection.TryApply(settings, out fault)) || OnFault(fault);

        var reason = Encoding.UTF8.GetString(payload);   // what is no UTF-8 becomes U+FFFD
        _ = frame.Type == FrameType.Close ? end.TryCloseByPeer(new CloseCode(frame.Value), reason) : end.TryFaultByPeer(frame.Value, reason);
        connection.OnEndBegun();
        return false;
    }

    private bool OnFault(MuxFault fault)
    {
        end.TryFault(fault);
        connection.OnEndBegun();
        return false;
    }

    private bool OnCut()
    {
        connection.OnLinkFailed("The peer went away without a farewell.", null);
        return false;
    }
}
