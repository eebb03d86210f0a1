using AltSendme.Bench.Contenders;
using AltSendme.Bench.Processes;
using AltSendme.Bench.Report;

namespace AltSendme.Bench.Rows;

/// <summary>10,000 files of 4 KiB: what counts here is the cost of a file, not of a byte.</summary>
internal sealed class SmallFilesRow : IRow
{
    private const string Peer = "iroh 0.35";

    public async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var medians = await Sampling.AlternateAsync(workbench.Repetitions, () => MeasureAsync(workbench.Ours), () => MeasureAsync(workbench.Iroh));
        return
        [
            Finding.Speed("10,000 files of 4 KiB, to a ticket and received", medians[0][0], Peer, medians[1][0], atLeast: 1),
            Finding.Speed("of it to a ticket", medians[0][1], Peer, medians[1][1]),
            Finding.Speed("of it received", medians[0][2], Peer, medians[1][2]),
        ];

        async Task<TimeSpan[]> MeasureAsync(IContender contender)
        {
            var transfer = await Transfer.MeasureAsync(contender, workbench.SmallFiles, workbench, watchMemory: false, cancellationToken);
            return [transfer.ToTicket + transfer.Received, transfer.ToTicket, transfer.Received];
        }
    }
}
