using AltSendme.Bench.Contenders;
using AltSendme.Bench.Processes;
using AltSendme.Bench.Report;

namespace AltSendme.Bench.Rows;

/// <summary>One file of 4 KiB: the start of the receiver, the connection and its end, and nothing to transfer.</summary>
internal sealed class SmallFileRow : IRow
{
    private const string Peer = "iroh 0.35";

    public async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var medians = await Sampling.AlternateAsync(2 * workbench.Repetitions,
            () => MeasureAsync(workbench.Ours), () => MeasureAsync(workbench.OverIroh), () => MeasureAsync(workbench.OverTls), () => MeasureAsync(workbench.Iroh));
        var (asShipped, overIroh, overTls, peer) = (medians[0], medians[1], medians[2], medians[3]);
        return
        [
            Finding.Speed("a file of 4 KiB received, all transports raced", asShipped[0], Peer, peer[0]),
            Finding.Speed("the iroh transport alone", overIroh[0], Peer, peer[0]),
            Finding.Speed("the TLS transport alone", overTls[0], Peer, peer[0]),
            Finding.Speed("the iroh transport alone, against the TLS transport alone", overIroh[0], "TLS", overTls[0]),
        ];

        async Task<TimeSpan[]> MeasureAsync(IContender contender) => [(await Transfer.MeasureAsync(contender, contender, workbench.SmallFile, workbench, cancellationToken)).Received];
    }
}
