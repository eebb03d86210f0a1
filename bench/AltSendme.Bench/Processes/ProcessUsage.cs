using System.Diagnostics;
using System.Globalization;

namespace AltSendme.Bench.Processes;

/// <summary>What a process has used, as the kernel counts it; both only grow.</summary>
/// <param name="PeakMemory">Bytes of resident memory at the highest point (VmHWM).</param>
/// <param name="Processor">Time on processors in user and system mode, in steps of 10 ms.</param>
internal readonly record struct ProcessUsage(long PeakMemory, TimeSpan Processor)
{
    private const int TicksPerSecond = 100;   // USER_HZ, the same on all Linux architectures that .NET runs on
    private const int UserTimeField = 11;     // fields 14 and 15 of proc(5), counted from the one after the name
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    /// <summary>Reads until the process ends; the last reading is all it used but for a few milliseconds.</summary>
    /// <param name="process">The process.</param>
    /// <param name="onChange">Gets each reading.</param>
    public static async Task WatchAsync(Process process, Action<ProcessUsage> onChange)
    {
        while (!process.HasExited)
        {
            if (TryRead(process.Id) is { PeakMemory: > 0 } usage)
                onChange(usage);
            await Task.Delay(Interval);
        }
    }

    private static ProcessUsage? TryRead(int process)
    {
        try
        {
            var memory = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            var stat = File.ReadAllText($"/proc/{process}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var ticks = Number(fields[UserTimeField]) + Number(fields[UserTimeField + 1]);
            return memory is null ? null : new(Number(memory.AsSpan("VmHWM:".Length, memory.Length - "VmHWM: kB".Length)) * 1024, TimeSpan.FromSeconds((double)ticks / TicksPerSecond));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;   // the process has just ended
        }
    }

    private static long Number(ReadOnlySpan<char> text) => long.Parse(text, CultureInfo.InvariantCulture);
}
