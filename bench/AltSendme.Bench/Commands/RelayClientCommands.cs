using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using AltSendme.Abstractions;
using AltSendme.Core.Identity;
using AltSendme.RelayProtocol;
using AltSendme.Relays.Iroh;
using Microsoft.Extensions.Logging.Abstractions;

namespace AltSendme.Bench.Commands;

/// <summary>Clients of a relay: one that floods, many that are silent, and two that move bytes.</summary>
internal static class RelayClientCommands
{
    private const int Packet = 1200;
    private const int OnTheWay = 256;
    private const int Silent = 1000;
    private const int Segments = 54;
    private const int Window = 24 * Segments * Packet;
    private const long Moved = 256L << 20;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(20);

    /// <summary>Sends packets as fast as they come back, through an echo or from one client of a relay to another, and looks at what that costs the server.</summary>
    public static async Task<int> FloodAsync(string kind, int port, int server)
    {
        using var web = new RelayWeb(new RelayClientOptions { UseProxy = false });
        using var ended = new CancellationTokenSource();
        var (message, sender, receiver) = kind == "echo" ? await EchoAsync(port) : await RelayAsync(port, web);
        using var room = new SemaphoreSlim(OnTheWay);
        var received = 0L;
        var receiving = ReceiveAsync();
        var sending = SendAsync();

        await Task.Delay(WarmUp);
        using var process = Process.GetProcessById(server);
        var (packets, processor, clock) = (Volatile.Read(ref received), process.TotalProcessorTime, Stopwatch.StartNew());
        await Task.Delay(Measured);
        process.Refresh();
        Print(new
        {
            type = "flooded",
            packetsASecond = (Volatile.Read(ref received) - packets) / clock.Elapsed.TotalSeconds,
            packetsASecondACore = (Volatile.Read(ref received) - packets) / (process.TotalProcessorTime - processor).TotalSeconds,
        });
        await ended.CancelAsync();
        await Task.WhenAll(sending, receiving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;

        async Task SendAsync()
        {
            while (true)
            {
                await room.WaitAsync(ended.Token);
                await sender.SendAsync(message.AsMemory(), WebSocketMessageType.Binary, endOfMessage: true, ended.Token);
            }
        }

        async Task ReceiveAsync()
        {
            var buffer = new byte[2 * Packet];
            while (true)
            {
                var part = await receiver.ReceiveAsync(buffer.AsMemory(), ended.Token);
                if (!part.EndOfMessage)
                    continue;
                Interlocked.Increment(ref received);
                room.Release();
            }
        }
    }

    /// <summary>Connects a thousand times, stays silent, and looks at the server for long enough that everybody is asked for a sign of life.</summary>
    public static async Task<int> IdleAsync(int port, int server)
    {
        using var web = new RelayWeb(new RelayClientOptions { UseProxy = false });
        var keys = Enumerable.Range(0, Silent).Select(static _ => EndpointKey.Generate()).ToArray();
        var tunnels = keys.Select(key => new RelayTunnel(new RelayContext(key, Url(port)), web, TimeProvider.System, NullLogger.Instance)).ToArray();
        foreach (var tunnel in tunnels)
            await ConnectedAsync(tunnel);

        await Task.Delay(WarmUp);
        using var process = Process.GetProcessById(server);
        var processor = process.TotalProcessorTime;
        await Task.Delay(Watched);
        process.Refresh();
        Print(new { type = "watched", residentBytes = process.WorkingSet64, coreShare = (process.TotalProcessorTime - processor) / Watched });
        await Task.WhenAll(tunnels.Select(static tunnel => tunnel.DisposeAsync().AsTask()));
        return 0;
    }

    /// <summary>Sends batches to <see cref="ReceiveAsync"/>, no more than a window ahead of what has arrived.</summary>
    public static async Task<int> SendAsync(int port)
    {
        using var web = new RelayWeb(new RelayClientOptions { UseProxy = false });
        await using var tunnel = new RelayTunnel(new RelayContext(Key(1), Url(port)), web, TimeProvider.System, NullLogger.Instance);
        await ConnectedAsync(tunnel);
        var batch = new byte[Segments * Packet];
        var buffer = new byte[Packet];
        for (long sent = 0, arrived = 0; arrived < Moved;)
        {
            for (; sent < Moved && sent - arrived < Window; sent += batch.Length)
                await tunnel.SendAsync(new RelayDatagrams(Key(2).Id, batch, Packet));
            await tunnel.ReceiveAsync(buffer);
            arrived = BinaryPrimitives.ReadInt64LittleEndian(buffer);
        }

        return 0;
    }

    public static async Task<int> ReceiveAsync(int port)
    {
        using var web = new RelayWeb(new RelayClientOptions { UseProxy = false });
        await using var tunnel = new RelayTunnel(new RelayContext(Key(2), Url(port)), web, TimeProvider.System, NullLogger.Instance);
        await ConnectedAsync(tunnel);
        Print(new { type = "ready" });
        var buffer = new byte[64 * 1024];
        var answer = new byte[sizeof(long)];
        Stopwatch? clock = null;
        for (long arrived = 0, told = 0; arrived < Moved;)
        {
            arrived += (await tunnel.ReceiveAsync(buffer)).Datagrams.Contents.Length;
            clock ??= Stopwatch.StartNew();
            if (arrived - told < Window / 4 && arrived < Moved)
                continue;
            told = arrived;
            BinaryPrimitives.WriteInt64LittleEndian(answer, arrived);
            await tunnel.SendAsync(new RelayDatagrams(Key(1).Id, answer, answer.Length));
        }

        Print(new { type = "received", milliseconds = clock!.Elapsed.TotalMilliseconds });
        await Console.In.ReadToEndAsync();
        return 0;
    }

    /// <summary>Bytes that <see cref="SendAsync"/> moves.</summary>
    public static long MovedBytes => Moved;

    private static async Task<(byte[] Message, WebSocket Sender, WebSocket Receiver)> EchoAsync(int port)
    {
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/"), CancellationToken.None);
        return (Message(), socket, socket);
    }

    private static async Task<(byte[] Message, WebSocket Sender, WebSocket Receiver)> RelayAsync(int port, RelayWeb web)
    {
        var (sender, _) = await RelayConnector.ConnectAsync(new RelayContext(Key(1), Url(port)), web, CancellationToken.None);
        var (receiver, _) = await RelayConnector.ConnectAsync(new RelayContext(Key(2), Url(port)), web, CancellationToken.None);
        return (Message(), sender, receiver);
    }

    // The same bytes in both cases.
    private static byte[] Message()
    {
        var message = new byte[Packet + 34];
        new Datagrams { Peer = Key(2).Id.ToArray(), Ecn = 0, SegmentSize = 0, Contents = new byte[Packet] }.Write(message, fromRelay: false);
        return message;
    }

    private static async Task ConnectedAsync(RelayTunnel tunnel)
    {
        await foreach (var state in tunnel.WatchStateAsync())
        {
            if (state.Status == RelayStatus.Connected)
                return;
        }
    }

    private static EndpointKey Key(byte number) => EndpointKey.FromSeed([.. Enumerable.Repeat(number, EndpointKey.SeedLength)]);

    private static Uri Url(int port) => new($"http://127.0.0.1:{port}/");

    private static void Print<T>(T value) => Console.WriteLine(JsonSerializer.Serialize(value));
}
