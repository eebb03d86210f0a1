using System.ComponentModel;
using System.Diagnostics;

namespace AltSendme.Service.Notifications;

/// <summary>Notification Center through <c>osascript</c>. The texts are arguments of a script that never changes: nothing of them is ever read as a script. There are no buttons, and nothing is replaced.</summary>
/// <param name="program">The program; another one in tests.</param>
internal sealed class AppleNotifier(string program = "/usr/bin/osascript") : INotifier
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public async ValueTask<bool> TryShowAsync(Notification notification, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, Arguments(notification)) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false });
            if (process is null)
                return false;
            try
            {
                await process.WaitForExitAsync(either.Token);
                return process.ExitCode == 0;
            }
            catch (OperationCanceledException)
            {
                process.Kill();
                cancellationToken.ThrowIfCancellationRequested();
                return false;
            }
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    public void Forget(string key)
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The command line: the script, then its arguments, which <c>--</c> keeps from being taken for options.</summary>
    internal static string[] Arguments(Notification notification) =>
        ["-e", "on run argv", "-e", "display notification (item 2 of argv) with title \"AltSendme\" subtitle (item 1 of argv)", "-e", "end run", "--", notification.Title, notification.Body];
}
