using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace AltSendme.Bench.Report;

/// <summary>What the figures were measured on: nothing that names a machine or a folder.</summary>
internal static class Machine
{
    public static IEnumerable<string> Describe()
    {
        yield return $"{DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}, commit {Environment.GetEnvironmentVariable("BENCH_COMMIT") ?? "unknown"}";
        yield return $"{ModelName()}, {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB";
        yield return $"Linux {FirstWordAfter("/proc/sys/kernel/osrelease")}, {RuntimeInformation.FrameworkDescription}";
        yield return $"b3sum {Version("b3sum")}, node {Version("node")}, @number0/iroh 0.35.0";
        yield return $"load average when the run ended: {string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3))}";
    }

    private static string ModelName() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static string FirstWordAfter(string path) => File.ReadAllText(path).Trim().Split('-')[0];

    private static string Version(string program)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, "--version") { RedirectStandardOutput = true })!;
            return process.StandardOutput.ReadToEnd().Trim().Split(' ')[^1];
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "not installed";
        }
    }
}
