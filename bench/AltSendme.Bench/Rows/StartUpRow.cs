using AltSendme.Bench.Processes;
using AltSendme.Bench.Report;

namespace AltSendme.Bench.Rows;

/// <summary>What a user waits for before anything happens, and what is downloaded before that.</summary>
internal sealed class StartUpRow : IRow
{
    private const int Starts = 20;
    private const long PublishLimit = 8_000_000;
    private static readonly TimeSpan StartLimit = TimeSpan.FromMilliseconds(120);

    public async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var medians = await Sampling.AlternateAsync<TimeSpan>(Starts, async () =>
        {
            await using var version = ObservedProcess.Start(workbench.Ours.Version());
            return [await version.EndAsync(cancellationToken)];
        });
        var published = new DirectoryInfo(workbench.Ours.PublishedFolder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        return
        [
            Finding.Duration($"`altsendme version`, median of {Starts}", medians[0][0], StartLimit),
            Finding.Size("framework-dependent publish", published, PublishLimit),
        ];
    }
}
