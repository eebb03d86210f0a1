using AltSendme.Bench.Contenders;
using AltSendme.Bench.Processes;
using AltSendme.Bench.Report;

namespace AltSendme.Bench.Rows;

/// <summary>From a file to a ticket: hashing it in place, both cores.</summary>
internal sealed class ImportRow : IRow
{
    private const long GiB = 1L << 30;

    public async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var file = workbench.GibibyteFile;
        var medians = await Sampling.AlternateAsync(workbench.Repetitions,
            async () => [await ToTicketAsync(workbench.Ours)],
            async () => [await ToTicketAsync(workbench.Iroh)]);
        return [Finding.Speed("1 GiB file to a ticket, from the start of the process", medians[0][0], "iroh 0.35", medians[1][0], atLeast: 1, GiB)];

        async Task<TimeSpan> ToTicketAsync(IContender contender)
        {
            using var scratch = workbench.NewScratch();
            await using var sender = ObservedProcess.Start(contender.Send(file, scratch.Folder));
            return (await sender.EventAsync("ticket", cancellationToken)).SinceStart;
        }
    }
}
