using System.Diagnostics;
using System.Net;
using System.Text.Json;
using AltSendme.Quic.Driver;

namespace AltSendme.Bench.Commands;

/// <summary>Full handshakes between two processes, and the connections that are left: what one of them costs the server in processor time, and in memory while it is idle.</summary>
internal static class QuicHandshakeCommands
{
    private const int WarmUp = 2000;
    private const int Measured = 5000;
    private const int AtOnce = 16;
    private const int DatagramSize = 1452;

    /// <summary>Takes clients, which stay connected, and measures itself.</summary>
    public static async Task<int> AcceptAsync()
    {
        await using var endpoint = QuicEndpoint.Bind(Options(seed: 1) with { ApplicationProtocols = [QuicCommands.Protocol], Backlog = Measured });
        Print(new { type = "listening", port = endpoint.LocalEndPoint.Port });
        foreach (var connection in await TakeAsync(endpoint, WarmUp))
            await connection.Closed;

        var residentBefore = ResidentBytes();
        var processorBefore = Process.GetCurrentProcess().TotalProcessorTime;
        var connections = await TakeAsync(endpoint, Measured);
        var processor = Process.GetCurrentProcess().TotalProcessorTime - processorBefore;
        Print(new
        {
            type = "accepted",
            processorMilliseconds = processor.TotalMilliseconds / Measured,
            residentBytes = Math.Max(0, ResidentBytes() - residentBefore) / Measured,
        });
        GC.KeepAlive(connections);
        return 0;
    }

    /// <summary>Connects many times, and stays connected until the server is through.</summary>
    public static async Task<int> ConnectAsync(int port)
    {
        await using var endpoint = QuicEndpoint.Bind(Options(seed: 2));
        foreach (var connection in await ConnectAsync(endpoint, port, WarmUp))
            await connection.CloseAsync(0);
        var connections = await ConnectAsync(endpoint, port, Measured);
        await connections[^1].Closed;
        return 0;
    }

    private static async Task<QuicConnection[]> TakeAsync(QuicEndpoint endpoint, int count)
    {
        var connections = new QuicConnection[count];
        for (var i = 0; i < count; i++)
            connections[i] = await endpoint.AcceptAsync();
        return connections;
    }

    private static async Task<QuicConnection[]> ConnectAsync(QuicEndpoint endpoint, int port, int count)
    {
        var server = new IPEndPoint(IPAddress.Loopback, port);
        var key = Options(seed: 1).PublicKey;
        var connections = new QuicConnection[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, cancellationToken) =>
            connections[i] = await endpoint.ConnectAsync(server, key, QuicCommands.Protocol, cancellationToken));
        return connections;
    }

    // Nobody may time out while the others are still connecting.
    private static QuicEndpointOptions Options(byte seed)
    {
        var options = QuicCommands.Options(DatagramSize, seed);
        return options with { Connection = options.Connection with { MaxIdleTimeout = TimeSpan.Zero } };
    }

    // Pages that nobody uses any more are given back first, the managed ones; cipher contexts and sockets are in it.
    private static long ResidentBytes()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Process.GetCurrentProcess().WorkingSet64;
    }

    private static void Print(object happened) => Console.WriteLine(JsonSerializer.Serialize(happened));
}
