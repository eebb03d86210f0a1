using AltSendme.Bench.Contenders;
using AltSendme.Bench.Processes;
using AltSendme.Bench.Report;

namespace AltSendme.Bench.Rows;

/// <summary>10,000 files of 4 KiB: what counts here is the cost of a file, not of a byte.</summary>
internal sealed class SmallFilesRow : IRow
{
    private const double TimesThePeer = 2;
    private const string Peer = "iroh 0.35";

    public async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        // All stay until the end: ext4 makes a new file slowly for some time after thousands were deleted.
        using var received = new ScratchSet(workbench);
        var medians = await Sampling.AlternateAsync(workbench.Repetitions, () => MeasureAsync(workbench.OverIroh), () => MeasureAsync(workbench.OverTls), () => MeasureAsync(workbench.Iroh));
        var (overIroh, overTls, peer) = (medians[0], medians[1], medians[2]);
        return
        [
            Finding.Speed("10,000 files of 4 KiB, to a ticket and received over the iroh transport", overIroh[0], Peer, peer[0], TimesThePeer),
            Finding.Speed("of it to a ticket", overIroh[1], Peer, peer[1]),
            Finding.Speed("of it received", overIroh[2], Peer, peer[2]),
            Finding.Speed("of it received, against the peer's download alone, without its start and its copy out of the store", overIroh[2], Peer, peer[3]),
            Finding.Speed("all of it over the TLS transport", overTls[0], Peer, peer[0], atLeast: 1),
        ];

        async Task<TimeSpan[]> MeasureAsync(IContender contender)
        {
            var transfer = await Transfer.MeasureAsync(contender, contender, workbench.SmallFiles, received.Next(), cancellationToken);
            return [transfer.ToTicket + transfer.Received, transfer.ToTicket, transfer.Received, transfer.Downloaded];
        }
    }
}
