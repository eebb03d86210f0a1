using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AltSendme.Bench.Report;

namespace AltSendme.Bench.Rows;

/// <summary>What a file manager's menu waits for, and what the service costs while nobody wants anything.</summary>
internal sealed class ServiceRow : IRow
{
    private const int Starts = 5;
    private const int Warm = 10;
    private const long MemoryLimit = 60L << 20;
    private static readonly TimeSpan ColdLimit = TimeSpan.FromMilliseconds(1200);
    private static readonly TimeSpan WarmLimit = TimeSpan.FromMilliseconds(300);

    public async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var (cold, warm, revived, idle) = (new List<TimeSpan>(), new List<TimeSpan>(), new List<TimeSpan>(), new List<long>());
        for (var i = 0; i < Starts; i++)
        {
            using var scratch = workbench.NewScratch();
            await RunAsync(workbench.Ours.ListShares(scratch.Folder), cancellationToken);
            idle.Add(await ResidentAsync(workbench, scratch.Folder, cancellationToken));
            await RunAsync(workbench.Ours.StopService(scratch.Folder), cancellationToken);

            cold.Add(await RunAsync(workbench.Ours.SendInBackground(workbench.MediumFile, scratch.Folder), cancellationToken));
            for (var j = 0; j < Warm / Starts; j++)
                warm.Add(await RunAsync(workbench.Ours.SendInBackground(workbench.MediumFile, scratch.Folder), cancellationToken));
            await RunAsync(workbench.Ours.StopService(scratch.Folder), cancellationToken);
        }

        using (var scratch = workbench.NewScratch())
        {
            await RunAsync(workbench.Ours.SendInBackground(workbench.GibibyteFile, scratch.Folder), cancellationToken);
            await RunAsync(workbench.Ours.StopService(scratch.Folder), cancellationToken);
            var clock = Stopwatch.StartNew();
            while (!await IsSharingAsync(workbench, scratch.Folder, cancellationToken))
            {
            }

            revived.Add(clock.Elapsed);
            await RunAsync(workbench.Ours.StopService(scratch.Folder), cancellationToken);
        }

        return
        [
            Finding.Duration($"`send --background` of 10 MiB with no service running, median of {Starts}", Median(cold), ColdLimit),
            Finding.Duration($"the same with a warm service, median of {Warm}", Median(warm), WarmLimit),
            Finding.Duration("a share of 1 GiB, from the start of a new service to its being served again", Median(revived)),
            Finding.Memory($"idle service, resident, median of {Starts}", Median(idle), MemoryLimit),
        ];
    }

    private static T Median<T>(List<T> values) => values.Order().ElementAt(values.Count / 2);

    private static async Task<TimeSpan> RunAsync(ProcessStartInfo start, CancellationToken cancellationToken) => (await OutputAsync(start, cancellationToken)).Elapsed;

    private static async Task<(string Output, TimeSpan Elapsed)> OutputAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        Directory.CreateDirectory(start.Environment["XDG_RUNTIME_DIR"]!);
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? (output, clock.Elapsed) : throw new InvalidOperationException($"{string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}: {await error}");
    }

    private static async Task<bool> IsSharingAsync(Workbench workbench, string folder, CancellationToken cancellationToken) =>
        (await OutputAsync(workbench.Ours.ListShares(folder), cancellationToken)).Output.Contains("sharing", StringComparison.Ordinal);

    private static async Task<long> ResidentAsync(Workbench workbench, string folder, CancellationToken cancellationToken)
    {
        using var status = JsonDocument.Parse((await OutputAsync(workbench.Ours.ServiceStatus(folder), cancellationToken)).Output);
        var line = (await File.ReadAllLinesAsync($"/proc/{status.RootElement.GetProperty("processId").GetInt32()}/status", cancellationToken)).First(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
    }
}
