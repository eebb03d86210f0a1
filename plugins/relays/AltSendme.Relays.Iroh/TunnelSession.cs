using System.Net.WebSockets;
using System.Security.Cryptography;
using AltSendme.Abstractions;
using AltSendme.RelayProtocol;

namespace AltSendme.Relays.Iroh;

/// <summary>One authenticated connection to a relay, from the moment datagrams may flow until it breaks. Three loops: reading, writing, pinging; the first that ends, ends the others.</summary>
internal sealed class TunnelSession(WebSocket socket, RelayVersion version, string host, FrameQueue<bool> outgoing, FrameQueue<RelayReceivedKind> incoming, StateFeed state, TimeProvider timeProvider)
{
    public static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(15);
    public static readonly TimeSpan PongLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly byte[] _message = GC.AllocateUninitializedArray<byte>(RelayLimits.MaxFrame);
    private TaskCompletionSource? _pong;
    private ulong _nonce;

    /// <summary>Runs until the connection ends.</summary>
    /// <exception cref="RelayUnavailableException">Always, unless it is cancelled: why it ended.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Cancelled by the caller, or when one of the three has ended.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] loops = [ReadAsync(ended.Token), WriteAsync(ended.Token), PingAsync(ended.Token)];
        var first = await Task.WhenAny(loops);
        await ended.CancelAsync();

        // Ends a read that does not look at its token.
        socket.Abort();
        await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await first;
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            throw new RelayUnavailableException($"the connection to {host} was lost", exception);
        }

        throw new RelayUnavailableException($"{host} closed the connection");
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(_message.AsMemory(length), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
                return;
            length += part.Count;
            if (!part.EndOfMessage)
            {
                if (length == _message.Length)
                    throw new RelayUnavailableException($"{host} sends a frame that is larger than any may be");
                continue;
            }

            // Texts mean nothing in this protocol; iroh's client passes over them too.
            if (part.MessageType == WebSocketMessageType.Binary)
                Handle(_message.AsSpan(0, length));
            length = 0;
        }
    }

    private void Handle(ReadOnlySpan<byte> message)
    {
        if (!RelayFrame.TryRead(message, version, out var frame, out var fault))
            throw new RelayUnavailableException($"{host} does not keep to the relay protocol ({fault})");

        switch (frame.Type)
        {
            case FrameType.RelayToClientDatagram or FrameType.RelayToClientBatch:
                Deliver(RelayReceivedKind.Datagrams, message);
                break;
            case FrameType.EndpointGone:
                Deliver(RelayReceivedKind.EndpointGone, message);
                break;
            case FrameType.Ping:
                SendControl(FrameType.Pong, frame.Nonce);
                break;
            case FrameType.Pong when frame.Nonce == Volatile.Read(ref _nonce):
                Volatile.Read(ref _pong)?.TrySetResult();
                break;
            case FrameType.Status:
                state.Set(state.Current with { Detail = Detail(frame.Status) });
                break;
            case FrameType.Health:
                state.Set(state.Current with { Detail = RelayConnector.Printable(frame.ProblemText()) });
                break;
            case FrameType.Restarting:
                throw new RelayUnavailableException($"{host} restarts") { RetryAfter = frame.ReconnectIn < LongestPause ? frame.ReconnectIn : LongestPause };
            default:
                break;
        }
    }

    // The frame is kept as it came, and read again where it is delivered: peer and contents stand in it anyway.
    private void Deliver(RelayReceivedKind kind, ReadOnlySpan<byte> message)
    {
        var copy = PooledFrame.Rent(message.Length);
        message.CopyTo(copy.Buffer);
        incoming.TryWrite(copy, kind);
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        while (await outgoing.WaitAsync(cancellationToken))
        {
            while (outgoing.TryRead(out var frame, out _))
            {
                try
                {
                    await socket.SendAsync(frame.Memory, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
                }
                finally
                {
                    frame.Return();
                }
            }
        }
    }

    private async Task PingAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var pong = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _pong, pong);
            Volatile.Write(ref _nonce, BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))));
            var start = timeProvider.GetTimestamp();
            SendControl(FrameType.Ping, _nonce);
            try
            {
                await pong.Task.WaitAsync(PongLimit, timeProvider, cancellationToken);
            }
            catch (TimeoutException)
            {
                throw new RelayUnavailableException($"{host} did not answer a ping within {PongLimit.TotalSeconds:0} seconds");
            }

            state.Set(state.Current with { Latency = timeProvider.GetElapsedTime(start) });
            await Task.Delay(PingInterval, timeProvider, cancellationToken);
        }
    }

    private void SendControl(FrameType type, ulong nonce)
    {
        var frame = PooledFrame.Rent(1 + sizeof(ulong));
        ControlFrames.WritePing(frame.Buffer, type, nonce);
        outgoing.TryWrite(frame, true, always: true);
    }

    private static string? Detail(ClientStatus status) => status switch
    {
        ClientStatus.SameEndpointIdConnected => "another program with the same identity is connected to this relay and gets what arrives",
        ClientStatus.RateLimited => "the relay slows this endpoint down, because it sends more than the relay's operator allows",
        _ => null,
    };
}
