using System.Diagnostics;
using System.Globalization;
using AltSendme.Bench.Processes;
using AltSendme.Bench.Report;

namespace AltSendme.Bench.Rows;

/// <summary>One QUIC stream over loopback, two processes: with datagrams of an Ethernet's size, and where MTU discovery finds the loopback's.</summary>
internal sealed class QuicRow : IRow
{
    private const long GiB = 1L << 30;
    private const int Handshakes = 1000;
    private const int Ends = 2;
    private const int EthernetDatagram = 1452;
    private const int LoopbackDatagram = 65507;

    public async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var medians = await Sampling.AlternateAsync(workbench.Repetitions,
            () => TransferAsync(EthernetDatagram, cancellationToken),
            () => TransferAsync(LoopbackDatagram, cancellationToken),
            () => HandshakeAsync(cancellationToken));
        return
        [
            Finding.Duration("QUIC, one stream, 1 GiB, datagrams of 1452 bytes", medians[0][0], AtRate(4e9), GiB),
            Finding.Duration("processor time of its sender", medians[0][1], bytes: GiB),
            Finding.Duration("processor time of its receiver", medians[0][2], bytes: GiB),
            Finding.Duration("QUIC, one stream, 1 GiB, datagrams of the loopback's MTU", medians[1][0], AtRate(8e9), GiB),
            Finding.Duration("processor time of its sender", medians[1][1], bytes: GiB),
            Finding.Duration("processor time of its receiver", medians[1][2], bytes: GiB),
            Finding.Duration("QUIC, processor time of 1000 handshakes, one end", medians[2][0], TimeSpan.FromSeconds(1)),
        ];
    }

    private static async Task<TimeSpan[]> HandshakeAsync(CancellationToken cancellationToken)
    {
        await using var both = ObservedProcess.Start(Self("quic-handshakes"));
        return [ProcessorTimeOf(await both.EventAsync("handshakes", cancellationToken)) * Handshakes / Ends];
    }

    private static TimeSpan AtRate(double bitsPerSecond) => TimeSpan.FromSeconds(GiB * 8 / bitsPerSecond);

    private static async Task<TimeSpan[]> TransferAsync(int datagramSize, CancellationToken cancellationToken)
    {
        var size = datagramSize.ToString(CultureInfo.InvariantCulture);
        await using var server = ObservedProcess.Start(Self("quic-serve", size));
        var listening = await server.EventAsync("listening", cancellationToken);
        await using var client = ObservedProcess.Start(Self("quic-send", listening.Content.GetProperty("port").GetRawText(), size));
        var sent = await client.EventAsync("sent", cancellationToken);
        var received = await server.EventAsync("received", cancellationToken);
        await client.EndAsync(cancellationToken);
        return [sent.Duration, ProcessorTimeOf(sent), ProcessorTimeOf(received)];
    }

    private static TimeSpan ProcessorTimeOf(ProcessEvent happened) => TimeSpan.FromMilliseconds(happened.Content.GetProperty("processorMilliseconds").GetDouble());

    private static ProcessStartInfo Self(params string[] arguments) => new(Environment.ProcessPath!, [typeof(QuicRow).Assembly.Location, .. arguments]);
}
