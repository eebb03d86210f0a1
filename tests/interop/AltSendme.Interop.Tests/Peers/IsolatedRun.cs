using System.Diagnostics;

namespace AltSendme.Interop.Tests.Peers;

/// <summary>One program in a namespace of its own that has loopback only; it decides itself whether all went well, and what it printed is shown when it did not.</summary>
internal static class IsolatedRun
{
    public static async Task SucceedsAsync(TimeSpan limit, params string[] command)
    {
        var start = new ProcessStartInfo(PeerEnvironment.Isolated, command) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PEERS"] = PeerEnvironment.Folder;
        using var deadline = new CancellationTokenSource(limit);
        using var process = Process.Start(start)!;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            Assert.True(process.ExitCode == 0, $"{output}{await errors}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
