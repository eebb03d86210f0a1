using System.Diagnostics;

namespace AltSendme.EndToEnd.Tests.Packages;

/// <summary>A test that builds and installs Debian packages over a copy of the machine: dpkg, root, and a kernel that lays file systems over each other. Skipped elsewhere, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PackageFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Reason = new(Find);

    public PackageFactAttribute() => Skip = Reason.Value;

    private static string? Find()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            return "Needs Linux and root, to install packages over a copy of the machine.";
        foreach (var (tool, package) in new[] { ("dpkg-deb", "dpkg"), ("lintian", "lintian"), ("unshare", "util-linux"), ("ip", "iproute2") })
        {
            if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, tool))))
                return $"{tool} is not on the PATH. To run this test: apt-get install {package} (tests/install-tools does).";
        }

        const string Probe = "d=$(mktemp -d) && mount -t tmpfs tmpfs $d && mkdir $d/u $d/w $d/r && mount -t overlay overlay -o lowerdir=/,upperdir=$d/u,workdir=$d/w $d/r";
        using var process = Process.Start(new ProcessStartInfo("unshare", ["--mount", "--net", "--pid", "--fork", "sh", "-c", Probe]) { RedirectStandardError = true });
        process!.WaitForExit();
        return process.ExitCode == 0 ? null : "This machine can't lay a file system over its own in a namespace.";
    }
}
