using System.Diagnostics;
using System.Globalization;
using AltSendme.Bench.Contenders;
using AltSendme.Bench.Processes;
using AltSendme.Bench.Report;

namespace AltSendme.Bench.Rows;

/// <summary>
/// One QUIC stream over loopback, two processes: with datagrams of an Ethernet's size, and where MTU discovery finds the loopback's, beside what a node of iroh 0.35 downloads in the same time.
/// Then what a connection costs its server: the handshake in processor time, an idle one in memory.
/// </summary>
internal sealed class QuicRow : IRow
{
    private const string Peer = "iroh 0.35";
    private const double TimesThePeer = 2.5;
    private const long GiB = 1L << 30;
    private const int Handshakes = 1000;
    private const int EthernetDatagram = 1452;
    private const int LoopbackDatagram = 65507;
    private const long IdleConnection = 64 << 10;

    public async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var medians = await Sampling.AlternateAsync(workbench.Repetitions,
            () => TransferAsync(EthernetDatagram, cancellationToken),
            () => TransferAsync(LoopbackDatagram, cancellationToken),
            () => PeerAsync(workbench, cancellationToken),
            () => ServerAsync(cancellationToken));
        var (ethernet, loopback, peer, server) = (medians[0], medians[1], TimeSpan.FromMilliseconds(medians[2][0]), medians[3]);
        return
        [
            .. Describe("datagrams of 1452 bytes", ethernet, 4e9, peer),
            Finding.Amount("bytes allocated for each of its packets, both ends", ethernet[3], "0.00", under: 1),
            .. Describe("datagrams of the loopback's MTU", loopback, 8e9, peer),
            Finding.Duration("QUIC, processor time of a server for 1000 handshakes", TimeSpan.FromMilliseconds(server[0]) * Handshakes, TimeSpan.FromSeconds(1)),
            Finding.Memory("resident memory of a server for an idle connection", (long)server[1], IdleConnection),
        ];
    }

    private static IEnumerable<Finding> Describe(string datagrams, double[] figures, double bitsPerSecond, TimeSpan peer)
    {
        var time = TimeSpan.FromMilliseconds(figures[0]);
        yield return Finding.Duration($"QUIC, one stream, 1 GiB, {datagrams}", time, TimeSpan.FromSeconds(GiB * 8 / bitsPerSecond), GiB);
        yield return Finding.Speed("the same against the peer's download", time, Peer, peer, TimesThePeer, GiB);
        yield return Finding.Duration("processor time of its sender", TimeSpan.FromMilliseconds(figures[1]), bytes: GiB);
        yield return Finding.Duration("processor time of its receiver", TimeSpan.FromMilliseconds(figures[2]), bytes: GiB);
    }

    // Milliseconds, the sender's and the receiver's processor time in milliseconds, bytes allocated for a packet.
    private static async Task<double[]> TransferAsync(int datagramSize, CancellationToken cancellationToken)
    {
        var size = datagramSize.ToString(CultureInfo.InvariantCulture);
        await using var server = ObservedProcess.Start(Self("quic-serve", size));
        await using var client = ObservedProcess.Start(Self("quic-send", await PortOfAsync(server, cancellationToken), size));
        var sent = await client.EventAsync("sent", cancellationToken);
        var received = await server.EventAsync("received", cancellationToken);
        await client.EndAsync(cancellationToken);
        var packets = Figure(sent, "packets") + Figure(received, "packets");
        return
        [
            Figure(sent, "milliseconds"), Figure(sent, "processorMilliseconds"), Figure(received, "processorMilliseconds"),
            (Figure(sent, "allocated") + Figure(received, "allocated")) / packets,
        ];
    }

    // Milliseconds that the node itself says its download took.
    private static async Task<double[]> PeerAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var transfer = await Transfer.MeasureAsync(workbench.Iroh, workbench.Iroh, workbench.GibibyteFile, workbench, cancellationToken);
        return [transfer.Downloaded.TotalMilliseconds];
    }

    // Processor milliseconds of a handshake, bytes of an idle connection.
    private static async Task<double[]> ServerAsync(CancellationToken cancellationToken)
    {
        await using var server = ObservedProcess.Start(Self("quic-accept"));
        await using var client = ObservedProcess.Start(Self("quic-connect", await PortOfAsync(server, cancellationToken)));
        var accepted = await server.EventAsync("accepted", cancellationToken);
        await client.EndAsync(cancellationToken);
        return [Figure(accepted, "processorMilliseconds"), Figure(accepted, "residentBytes")];
    }

    private static async Task<string> PortOfAsync(ObservedProcess server, CancellationToken cancellationToken) =>
        (await server.EventAsync("listening", cancellationToken)).Content.GetProperty("port").GetRawText();

    private static double Figure(ProcessEvent happened, string name) => happened.Content.GetProperty(name).GetDouble();

    private static ProcessStartInfo Self(params string[] arguments) => new(Environment.ProcessPath!, [typeof(QuicRow).Assembly.Location, .. arguments]);
}
