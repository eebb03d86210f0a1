using AltSendme.Bench.Contenders;
using AltSendme.Bench.Report;

namespace AltSendme.Bench.Rows;

/// <summary>Peak resident memory of both our sides. It must not depend on the size, so one run a size is enough.</summary>
internal sealed class MemoryRow : IRow
{
    private const long Limit = 150L << 20;
    private const double GrowthLimit = 1.10;

    public async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var small = await MeasureAsync(1);
        var large = await MeasureAsync(8);
        return
        [
            Finding.Memory("peak memory of the sender, 1 GiB", small.SenderPeak, Limit),
            Finding.Memory("peak memory of the sender, 8 GiB", large.SenderPeak, Limit),
            Finding.Growth("the sender's growth from 1 to 8 GiB", small.SenderPeak, large.SenderPeak, GrowthLimit),
            Finding.Memory("peak memory of the receiver, 1 GiB", small.ReceiverPeak, Limit),
            Finding.Memory("peak memory of the receiver, 8 GiB", large.ReceiverPeak, Limit),
            Finding.Growth("the receiver's growth from 1 to 8 GiB", small.ReceiverPeak, large.ReceiverPeak, GrowthLimit),
        ];

        Task<Transfer> MeasureAsync(int gibibytes) =>
            Transfer.MeasureAsync(workbench.Ours, workbench.SparseFile(gibibytes), workbench, watchMemory: true, cancellationToken);
    }
}
