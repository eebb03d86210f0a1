using AltSendme.Bench.Contenders;
using AltSendme.Bench.Processes;
using AltSendme.Bench.Report;

namespace AltSendme.Bench.Rows;

/// <summary>From a file to a ticket: hashing it in place, both cores.</summary>
internal sealed class ImportRow : IRow
{
    private const long GiB = 1L << 30;

    private const string Peer = "iroh 0.35";

    public async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var file = workbench.GibibyteFile;
        var medians = await Sampling.AlternateAsync(workbench.Repetitions,
            () => MeasureAsync(workbench.Ours),
            () => MeasureAsync(workbench.Iroh));
        return
        [
            Finding.Speed("1 GiB file to a ticket, from the start of the process", medians[0][0], Peer, medians[1][0], atLeast: 1, GiB),
            Finding.Speed("the same against the peer's import alone, without its start", medians[0][0], Peer, medians[1][1], bytes: GiB),
        ];

        async Task<TimeSpan[]> MeasureAsync(IContender contender)
        {
            using var scratch = workbench.NewScratch();
            await using var sender = ObservedProcess.Start(contender.Send(file, scratch.Folder));
            var ticket = await sender.EventAsync("ticket", cancellationToken);
            return [ticket.SinceStart, contender is IrohContender ? (await sender.EventAsync("imported", cancellationToken)).Duration : ticket.SinceStart];
        }
    }
}
