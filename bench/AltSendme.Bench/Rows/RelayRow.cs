using System.Diagnostics;
using AltSendme.Bench.Commands;
using AltSendme.Bench.Processes;
using AltSendme.Bench.Report;

namespace AltSendme.Bench.Rows;

/// <summary>What the relay costs: a packet, beside a plain WebSocket echo on the same web server in the same run; a thousand silent clients; and how fast bytes go through it between two processes.</summary>
internal sealed class RelayRow : IRow
{
    private const long Resident = 200L << 20;
    private const double IdleShare = 2;
    private const double BitsPerSecond = 1e9;

    public async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var medians = await Sampling.AlternateAsync(workbench.Repetitions,
            () => FloodAsync("relay", cancellationToken),
            () => FloodAsync("echo", cancellationToken),
            () => MoveAsync(cancellationToken));
        var idle = await IdleAsync(cancellationToken);
        var (relay, echo, moved) = (medians[0], medians[1], TimeSpan.FromMilliseconds(medians[2][0]));
        return
        [
            Finding.Speed("relay, processor time of the server for a million packets of 1200 bytes", TimeSpan.FromSeconds(1e6 / relay[0]), "Kestrel WebSocket echo", TimeSpan.FromSeconds(1e6 / echo[0]), 1),
            Finding.Duration("relay, 256 MiB in batches between two processes", moved, TimeSpan.FromSeconds(RelayClientCommands.MovedBytes * 8 / BitsPerSecond), RelayClientCommands.MovedBytes),
            Finding.Memory("relay, resident memory with 1000 silent clients", (long)idle[0], Resident),
            Finding.Amount("relay, percent of a core with 1000 silent clients", idle[1] * 100, "0.00", IdleShare),
        ];
    }

    // Packets a second a core.
    private static async Task<double[]> FloodAsync(string kind, CancellationToken cancellationToken)
    {
        await using var server = ObservedProcess.Start(Self(kind == "echo" ? "relay-echo" : "relay-serve"));
        var (port, process) = await WhereAsync(server, cancellationToken);
        await using var client = ObservedProcess.Start(Self("relay-flood", kind, port, process));
        return [Figure(await client.EventAsync("flooded", cancellationToken), "packetsASecondACore")];
    }

    // Milliseconds.
    private static async Task<double[]> MoveAsync(CancellationToken cancellationToken)
    {
        await using var server = ObservedProcess.Start(Self("relay-serve"));
        var (port, _) = await WhereAsync(server, cancellationToken);
        await using var receiver = ObservedProcess.Start(Self("relay-receive", port));
        await receiver.EventAsync("ready", cancellationToken);
        await using var sender = ObservedProcess.Start(Self("relay-send", port));
        return [Figure(await receiver.EventAsync("received", cancellationToken), "milliseconds")];
    }

    // Bytes, share of a core.
    private static async Task<double[]> IdleAsync(CancellationToken cancellationToken)
    {
        await using var server = ObservedProcess.Start(Self("relay-serve"));
        var (port, process) = await WhereAsync(server, cancellationToken);
        await using var clients = ObservedProcess.Start(Self("relay-idle", port, process));
        var watched = await clients.EventAsync("watched", cancellationToken);
        return [Figure(watched, "residentBytes"), Figure(watched, "coreShare")];
    }

    private static async Task<(string Port, string Process)> WhereAsync(ObservedProcess server, CancellationToken cancellationToken)
    {
        var listening = (await server.EventAsync("listening", cancellationToken)).Content;
        return (listening.GetProperty("port").GetRawText(), listening.GetProperty("process").GetRawText());
    }

    private static double Figure(ProcessEvent happened, string name) => happened.Content.GetProperty(name).GetDouble();

    private static ProcessStartInfo Self(params string[] arguments) => new(Environment.ProcessPath!, [typeof(RelayRow).Assembly.Location, .. arguments]);
}
