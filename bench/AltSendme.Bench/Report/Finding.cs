using System.Globalization;

namespace AltSendme.Bench.Report;

/// <summary>A line of the table.</summary>
/// <param name="Subject">What was measured.</param>
/// <param name="Ours">Our figure with its unit.</param>
/// <param name="Peer">The peer's figure, or what ours is compared with.</param>
/// <param name="Ratio">How many times as good as the peer we are; above 1 is better.</param>
/// <param name="Goal">What the project promises.</param>
/// <param name="IsReached">Whether it does; <see langword="null"/> where nothing is promised.</param>
internal sealed record Finding(string Subject, string Ours, string Peer, string Ratio, string Goal, bool? IsReached)
{
    private const string None = "–";
    private const double KiB = 1 << 10;
    private const double MiB = 1 << 20;

    /// <summary>Two durations of the same work; the ratio says how many times as fast as the peer we are.</summary>
    public static Finding Speed(string subject, TimeSpan ours, string peerName, TimeSpan peer, double? atLeast = null, long bytes = 0)
    {
        var ratio = peer / ours;
        return new(subject, Describe(ours, bytes), $"{peerName}: {Describe(peer, bytes)}", Number(ratio, "0.00"),
            atLeast is { } goal ? $"at least {Number(goal, "0.##")}" : None, atLeast is null ? null : ratio >= atLeast);
    }

    /// <summary>A duration without a peer, and the longest that is allowed.</summary>
    public static Finding Duration(string subject, TimeSpan ours, TimeSpan? under = null, long bytes = 0) =>
        new(subject, Describe(ours, bytes), None, None, under is { } limit ? $"under {Describe(limit, 0)}" : None, under is null ? null : ours < under);

    /// <summary>A plain number and the one that it must stay below.</summary>
    public static Finding Amount(string subject, double amount, string format, double under) =>
        new(subject, Number(amount, format), None, None, $"under {Number(under, "0.##")}", amount < under);

    /// <summary>An amount of memory and the one that it must stay below.</summary>
    public static Finding Memory(string subject, long bytes, long under) =>
        new(subject, Memory(bytes), None, None, $"under {Memory(under)}", bytes < under);

    /// <summary>A size on disk or to download, and the one that it must stay below.</summary>
    public static Finding Size(string subject, long bytes, long under) =>
        new(subject, Megabytes(bytes), None, None, $"under {Megabytes(under)}", bytes < under);

    /// <summary>How much more memory the larger transfer took than the smaller one.</summary>
    public static Finding Growth(string subject, long small, long large, double atMost)
    {
        var growth = (double)large / small;
        return new(subject, Mebibytes(large), $"at the smaller size: {Mebibytes(small)}", Number(growth, "0.00"), $"at most {Number(atMost, "0.##")}", growth <= atMost);
    }

    private static string Describe(TimeSpan duration, long bytes)
    {
        var time = duration.TotalSeconds < 1 ? $"{Number(duration.TotalMilliseconds, "0")} ms" : $"{Number(duration.TotalSeconds, "0.00")} s";
        return bytes == 0 ? time : $"{time} ({Number(bytes * 8 / duration.TotalSeconds / 1e9, "0.00")} Gbit/s)";
    }

    private static string Memory(long bytes) => bytes < MiB ? $"{Number(bytes / KiB, "0.0")} KiB" : Mebibytes(bytes);

    private static string Mebibytes(long bytes) => $"{Number(bytes / MiB, "0.0")} MiB";

    private static string Megabytes(long bytes) => $"{Number(bytes / 1e6, "0.0")} MB";

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
