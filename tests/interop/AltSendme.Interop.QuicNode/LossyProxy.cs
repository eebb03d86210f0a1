using System.Net;
using System.Net.Sockets;

namespace AltSendme.Interop.QuicNode;

/// <summary>Stands between one client and a server: loses a share of the datagrams each way, and doubles and holds back half as many. The choices come from a seed.</summary>
internal sealed class LossyProxy : IAsyncDisposable
{
    private const int MaxDatagram = 65536;
    private const int Percent = 100;

    // The datagram that is held back goes behind the next one, but not so late that no network would do it: else its sender's own probe timeout sets it free, and is what its sender measures.
    private static readonly TimeSpan LongestHold = TimeSpan.FromMilliseconds(10);

    private readonly Socket _front = NewSocket();
    private readonly Socket _back = NewSocket();
    private readonly IPEndPoint _server;
    private readonly int _lossPercent;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _forward;
    private readonly Task _backward;
    private EndPoint? _client;

    /// <summary>Starts.</summary>
    public LossyProxy(IPEndPoint server, int lossPercent, int seed)
    {
        _server = server;
        _lossPercent = lossPercent;
        _forward = Task.Run(() => ForwardAsync(_front, _back, toServer: true, new Random(seed)));
        _backward = Task.Run(() => ForwardAsync(_back, _front, toServer: false, new Random(seed + 1)));
    }

    /// <summary>Where the client sends to.</summary>
    public IPEndPoint Address => (IPEndPoint)_front.LocalEndPoint!;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_forward, _backward).ConfigureAwait(false);
        _front.Dispose();
        _back.Dispose();
        _stop.Dispose();
    }

    private static Socket NewSocket()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 4 << 20, SendBufferSize = 4 << 20 };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private async Task ForwardAsync(Socket from, Socket to, bool toServer, Random chance)
    {
        var buffer = new byte[MaxDatagram];
        byte[]? held = null;
        try
        {
            while (true)
            {
                var receiving = from.ReceiveFromAsync(buffer, SocketFlags.None, _server, _stop.Token).AsTask();
                if (held is not null && await Task.WhenAny(receiving, Task.Delay(LongestHold, _stop.Token)).ConfigureAwait(false) != receiving)
                {
                    await to.SendToAsync(held, TargetOf(toServer), _stop.Token).ConfigureAwait(false);
                    held = null;
                }

                var received = await receiving.ConfigureAwait(false);
                if (toServer)
                    _client = received.RemoteEndPoint;
                var target = TargetOf(toServer);
                if (chance.Next(Percent) < _lossPercent)
                    continue;
                if (held is null && chance.Next(2 * Percent) < _lossPercent)
                {
                    held = buffer[..received.ReceivedBytes];
                    continue;
                }

                await to.SendToAsync(buffer.AsMemory(0, received.ReceivedBytes), target, _stop.Token).ConfigureAwait(false);
                if (chance.Next(2 * Percent) < _lossPercent)
                    await to.SendToAsync(buffer.AsMemory(0, received.ReceivedBytes), target, _stop.Token).ConfigureAwait(false);
                if (held is not null)
                    await to.SendToAsync(held, target, _stop.Token).ConfigureAwait(false);
                held = null;
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private EndPoint TargetOf(bool toServer) => toServer ? _server : _client!;
}
