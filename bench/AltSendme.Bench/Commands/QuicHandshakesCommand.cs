using System.Diagnostics;
using System.Net;
using System.Text.Json;
using AltSendme.Quic.Driver;

namespace AltSendme.Bench.Commands;

/// <summary>Full handshakes between two endpoints of one process: how many there are in a second of processor time, and what the connections cost while they are idle.</summary>
internal static class QuicHandshakesCommand
{
    private const int WarmUp = 500;
    private const int Measured = 2000;
    private const int AtOnce = 16;

    public static async Task<int> RunAsync()
    {
        await using var server = QuicEndpoint.Bind(QuicCommands.Options(datagramSize: 1452, seed: 1) with { ApplicationProtocols = [QuicCommands.Protocol], MaxUnprovenHandshakes = Measured });
        await using var client = QuicEndpoint.Bind(QuicCommands.Options(datagramSize: 1452, seed: 2));
        foreach (var connection in await ConnectAsync(client, server, WarmUp))
            await connection.CloseAsync(0);

        var memoryBefore = GC.GetTotalMemory(forceFullCollection: true);
        var processorBefore = Process.GetCurrentProcess().TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var connections = await ConnectAsync(client, server, Measured);
        var elapsed = clock.Elapsed;
        var processor = Process.GetCurrentProcess().TotalProcessorTime - processorBefore;
        var memory = GC.GetTotalMemory(forceFullCollection: true) - memoryBefore;
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            type = "handshakes",
            milliseconds = elapsed.TotalMilliseconds / Measured,
            processorMilliseconds = processor.TotalMilliseconds / Measured,
            bytesPerIdleConnection = memory / (2 * connections.Count),
        }));
        GC.KeepAlive(connections);
        return 0;
    }

    private static async Task<List<QuicConnection>> ConnectAsync(QuicEndpoint client, QuicEndpoint server, int count)
    {
        var address = new IPEndPoint(IPAddress.Loopback, server.LocalEndPoint.Port);
        var key = QuicCommands.Options(datagramSize: 1452, seed: 1).PublicKey;
        var connections = new List<QuicConnection>(count);
        var accepting = Task.Run(async () =>
        {
            for (var i = 0; i < count; i++)
                await server.AcceptAsync();
        });
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (_, cancellationToken) =>
        {
            var connection = await client.ConnectAsync(address, key, QuicCommands.Protocol, cancellationToken);
            lock (connections)
                connections.Add(connection);
        });
        await accepting;
        return connections;
    }
}
