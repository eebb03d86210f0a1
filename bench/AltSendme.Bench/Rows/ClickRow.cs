using System.Diagnostics;
using System.Globalization;
using AltSendme.Bench.Report;

namespace AltSendme.Bench.Rows;

/// <summary>How long somebody who has clicked on Send with AltSendme in Nautilus waits until the ticket can be pasted.</summary>
internal sealed class ClickRow : IRow
{
    private const int Clicks = 9;
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(500);

    public async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        using var scratch = workbench.NewScratch();
        var folder = Directory.CreateDirectory(Path.Combine(scratch.Folder, "files")).FullName;
        File.Copy(workbench.MediumFile, Path.Combine(folder, "medium.bin"));

        var start = workbench.Ours.Click(folder, Clicks, scratch.Folder);
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var lines = (await process.StandardOutput.ReadToEndAsync(cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode}.");
        var median = lines.Select(static line => int.Parse(line, CultureInfo.InvariantCulture)).Order().ElementAt(Clicks / 2);
        return [Finding.Duration($"click in Nautilus to ticket on the clipboard, 10 MiB with a warm service, median of {Clicks}", TimeSpan.FromMilliseconds(median), Limit)];
    }
}
