using System.Diagnostics;

namespace AltSendme.Interop.Tests.Peers;

/// <summary>Whether real iroh nodes can run on this machine, found out once a test run; installs them on the way.</summary>
internal static class PeerEnvironment
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromMinutes(1);
    private static readonly Lazy<(string? Folder, string? WhyNot)> Prepared = new(Prepare);
    private static readonly Lazy<string?> NoFirewall = new(ProbeFirewall);

    /// <summary>What is missing and where to get it; <see langword="null"/> when peers can run.</summary>
    public static string? WhyNot => Prepared.Value.WhyNot;

    /// <summary>Why packets can't be dropped in a namespace; <see langword="null"/> when they can.</summary>
    public static string? WhyNoFirewall => NoFirewall.Value;

    /// <summary>The folder that holds the peers' <c>node_modules</c>.</summary>
    /// <exception cref="InvalidOperationException">Peers can't run here; the message says why.</exception>
    public static string Folder => Prepared.Value.Folder ?? throw new InvalidOperationException(WhyNot);

    /// <summary>Runs its arguments in a network namespace that has nothing but loopback.</summary>
    public static string Isolated { get; } = SourceTree.PathOf("tests/interop/peers/isolated");

    private static (string? Folder, string? WhyNot) Prepare()
    {
        if (!OperatingSystem.IsLinux())
            return (null, "Real iroh peers run only in a network namespace, which needs Linux.");

        var (probed, _, noNamespace) = Run(Isolated, ProbeLimit, "true");
        if (!probed)
            return (null, noNamespace);

        var (installed, folder, notInstalled) = Run(SourceTree.PathOf("tests/interop/peers/install"), InstallLimit);
        return installed ? (folder, null) : (null, notInstalled);
    }

    private static string? ProbeFirewall()
    {
        var (succeeded, _, errors) = Run(Isolated, ProbeLimit, "sh", "-c", "command -v nft >/dev/null || { echo \"Dropping packets needs 'nft', which is not installed. On Debian: apt-get install nftables\" >&2; exit 3; }; nft add table inet probe");
        return succeeded ? null : errors;
    }

    private static (bool Succeeded, string Output, string Errors) Run(string program, TimeSpan limit, params string[] arguments)
    {
        using var process = new Process { StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true } };
        process.Start();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            return (false, "", $"{Path.GetFileName(program)} did not end within {limit.TotalSeconds} s.");
        }
        return (process.ExitCode == 0, output.GetAwaiter().GetResult().Trim(), errors.GetAwaiter().GetResult().Trim());
    }
}
