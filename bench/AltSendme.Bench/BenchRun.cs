using AltSendme.Bench.Contenders;
using AltSendme.Bench.Report;
using AltSendme.Bench.Rows;

namespace AltSendme.Bench;

/// <summary>Measures the rows that were asked for and prints one table.</summary>
internal static class BenchRun
{
    private static readonly TimeSpan RowLimit = TimeSpan.FromMinutes(20);

    private static readonly IReadOnlyDictionary<string, IRow> Rows = new Dictionary<string, IRow>
    {
        ["blake3"] = new Blake3Row(),
        ["import"] = new ImportRow(),
        ["transfer"] = new TransferRow(),
        ["small-files"] = new SmallFilesRow(),
        ["small-file"] = new SmallFileRow(),
        ["memory"] = new MemoryRow(),
        ["quic"] = new QuicRow(),
        ["relay"] = new RelayRow(),
        ["start-up"] = new StartUpRow(),
        ["service"] = new ServiceRow(),
        ["click-to-clipboard"] = new ClickRow(),
    };

    /// <summary>Exit code 0 when every row could be measured, whether or not it reached its goal; 1 otherwise.</summary>
    public static async Task<int> RunAsync(string workFolder, string publishedFolder, string[] names, CancellationToken stop)
    {
        if (names.FirstOrDefault(name => !Rows.ContainsKey(name)) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"There is no row '{unknown}'. Rows: {string.Join(", ", Rows.Keys)}.");
            return 2;
        }

        var workbench = new Workbench(workFolder, Environment.GetEnvironmentVariable("PEERS"), new AltSendmeContender(publishedFolder, workFolder));
        var table = new ResultTable();
        var faults = 0;
        foreach (var name in names.Length == 0 ? Rows.Keys : names)
        {
            await Console.Error.WriteLineAsync($"measuring {name}");
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);   // by the user, or by the row's limit
            limit.CancelAfter(RowLimit);
            try
            {
                foreach (var finding in await Rows[name].MeasureAsync(workbench, limit.Token))
                    table.Add(finding);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                faults++;
                break;
            }
            catch (Exception fault)
            {
                faults++;
                await Console.Error.WriteLineAsync($"{name} could not be measured: {fault.Message}");
            }
        }

        table.WriteTo(Console.Out);
        return faults == 0 ? 0 : 1;
    }
}
