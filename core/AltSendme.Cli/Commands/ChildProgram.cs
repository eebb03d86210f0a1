using System.Diagnostics;
using System.Globalization;
using AltSendme.Abstractions;
using AltSendme.Core.Errors;

namespace AltSendme.Cli.Commands;

/// <summary>Runs another program of the package in the place of this one: its output is ours, its exit code is ours, and a request to end is passed on.</summary>
internal static class ChildProgram
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);

    /// <exception cref="PluginException">It can't be started.</exception>
    public static async Task<int> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var child = Process.Start(new ProcessStartInfo(program, arguments)) ?? throw new PluginException(ErrorCodes.PluginUnusable, $"{program} can't be started.");
        try
        {
            await child.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await StopAsync(child);
        }

        return child.ExitCode;
    }

    /// <summary>Ctrl-C reached the child too; a request to end reached this process alone, and is passed on.</summary>
    private static async Task StopAsync(Process child)
    {
        if (!OperatingSystem.IsWindows())
        {
            using var signal = Process.Start("kill", ["-TERM", child.Id.ToString(CultureInfo.InvariantCulture)]);
            await signal.WaitForExitAsync(CancellationToken.None);
        }

        try
        {
            await child.WaitForExitAsync(CancellationToken.None).WaitAsync(StopLimit, TimeProvider.System, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            child.Kill(entireProcessTree: true);
            await child.WaitForExitAsync(CancellationToken.None);
        }
    }
}
