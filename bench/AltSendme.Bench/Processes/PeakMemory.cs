using System.Diagnostics;

namespace AltSendme.Bench.Processes;

/// <summary>The kernel's high-water mark of a process's resident memory (VmHWM). It only grows, so the last reading before the end counts.</summary>
internal static class PeakMemory
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    /// <summary>Reads the mark until the process ends; bytes.</summary>
    public static async Task<long> WatchAsync(Process process)
    {
        var path = $"/proc/{process.Id}/status";
        var peak = 0L;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, Read(path));
            await Task.Delay(Interval);
        }
        return peak;
    }

    private static long Read(string path)
    {
        try
        {
            var line = File.ReadLines(path).FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.AsSpan("VmHWM:".Length, line.Length - "VmHWM: kB".Length), provider: null) * 1024;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return 0;   // the process has just ended
        }
    }
}
