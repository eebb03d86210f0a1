using AltSendme.Bench.Contenders;
using AltSendme.Bench.Processes;
using AltSendme.Bench.Report;

namespace AltSendme.Bench.Rows;

/// <summary>1 GiB between two processes over loopback, into a file.</summary>
internal sealed class TransferRow : IRow
{
    private const long GiB = 1L << 30;
    private const string Peer = "iroh 0.35";

    public async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var medians = await Sampling.AlternateAsync(workbench.Repetitions, () => MeasureAsync(workbench.Ours), () => MeasureAsync(workbench.Iroh));
        return
        [
            Finding.Speed("1 GiB received, from the receiver's start to its end", medians[0][0], Peer, medians[1][0], atLeast: 3, GiB),
            Finding.Speed("the same against the peer's download alone, without its start and its copy out of the store", medians[0][1], Peer, medians[1][1], bytes: GiB),
        ];

        async Task<TimeSpan[]> MeasureAsync(IContender contender)
        {
            var transfer = await Transfer.MeasureAsync(contender, workbench.GibibyteFile, workbench, watchMemory: false, cancellationToken);
            return [transfer.Received, transfer.Downloaded];
        }
    }
}
