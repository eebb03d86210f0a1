using AltSendme.Bench.Contenders;
using AltSendme.Bench.Report;

namespace AltSendme.Bench.Rows;

/// <summary>Peak resident memory of both our sides, which must not depend on the size.</summary>
internal sealed class MemoryRow : IRow
{
    private const long Limit = 150L << 20;
    private const double GrowthLimit = 1.10;
    private const int MostRounds = 3;   // 8 GiB take long, and the figure varies by a few percent only

    public async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var small = new List<Transfer>();
        var large = new List<Transfer>();
        for (var round = 0; round < Math.Min(MostRounds, workbench.Repetitions); round++)
        {
            small.Add(await MeasureAsync(1));
            large.Add(await MeasureAsync(8));
        }
        var (smallSender, largeSender) = (Median(small, transfer => transfer.SenderPeak), Median(large, transfer => transfer.SenderPeak));
        var (smallReceiver, largeReceiver) = (Median(small, transfer => transfer.ReceiverPeak), Median(large, transfer => transfer.ReceiverPeak));
        return
        [
            Finding.Memory("peak memory of the sender, 1 GiB", smallSender, Limit),
            Finding.Memory("peak memory of the sender, 8 GiB", largeSender, Limit),
            Finding.Growth("the sender's growth from 1 to 8 GiB", smallSender, largeSender, GrowthLimit),
            Finding.Memory("peak memory of the receiver, 1 GiB", smallReceiver, Limit),
            Finding.Memory("peak memory of the receiver, 8 GiB", largeReceiver, Limit),
            Finding.Growth("the receiver's growth from 1 to 8 GiB", smallReceiver, largeReceiver, GrowthLimit),
        ];

        Task<Transfer> MeasureAsync(int gibibytes) =>
            Transfer.MeasureAsync(workbench.Ours, workbench.SparseFile(gibibytes), workbench, watchMemory: true, cancellationToken);
    }

    private static long Median(List<Transfer> transfers, Func<Transfer, long> figure) => transfers.Select(figure).Order().ElementAt(transfers.Count / 2);
}
