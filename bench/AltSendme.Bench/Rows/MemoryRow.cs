using AltSendme.Bench.Contenders;
using AltSendme.Bench.Report;

namespace AltSendme.Bench.Rows;

/// <summary>Peak resident memory of both our sides over each transport, which must not depend on the size.</summary>
internal sealed class MemoryRow : IRow
{
    private const long Limit = 150L << 20;
    private const double GrowthLimit = 1.10;
    private const int Small = 1;
    private const int Large = 8;

    public async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        foreach (var (transport, contender) in new[] { ("iroh", workbench.OverIroh), ("TLS", workbench.OverTls) })
        {
            // Two of each: 8 GiB take long, and the figure varies by a few percent only.
            var small = await MeasureTwiceAsync(contender, Small);
            var large = await MeasureTwiceAsync(contender, Large);
            findings.AddRange(Describe($"the sender, {transport} transport", small.Sender, large.Sender));
            findings.AddRange(Describe($"the receiver, {transport} transport", small.Receiver, large.Receiver));
        }

        return findings;

        // The mean of the two.
        async Task<(long Sender, long Receiver)> MeasureTwiceAsync(AltSendmeContender contender, int gibibytes)
        {
            var first = await Transfer.MeasureAsync(contender, contender, workbench.SparseFile(gibibytes), workbench, cancellationToken);
            var second = await Transfer.MeasureAsync(contender, contender, workbench.SparseFile(gibibytes), workbench, cancellationToken);
            return ((first.Sender.PeakMemory + second.Sender.PeakMemory) / 2, (first.Receiver.PeakMemory + second.Receiver.PeakMemory) / 2);
        }
    }

    private static IEnumerable<Finding> Describe(string side, long small, long large) =>
    [
        Finding.Memory($"peak memory of {side}, {Small} GiB", small, Limit),
        Finding.Memory($"the same, {Large} GiB", large, Limit),
        Finding.Growth($"its growth from {Small} to {Large} GiB", small, large, GrowthLimit),
    ];
}
