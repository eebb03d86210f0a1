using System.ComponentModel;
using System.Diagnostics;

namespace AltSendme.Blobs.Tests.Stores.Partial;

/// <summary>A test that mounts a small disk for a child process; skipped where that is not permitted.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    private static readonly bool IsPermitted = OperatingSystem.IsLinux() && Succeeds("unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt");

    public SmallDiskFactAttribute() => Skip = IsPermitted ? null : "Mounting a disk of its own for a process is not permitted here (Linux: unshare -rm).";

    private static bool Succeeds(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true });
            process?.WaitForExit();
            return process?.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
