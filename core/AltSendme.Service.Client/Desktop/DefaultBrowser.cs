using System.ComponentModel;
using System.Diagnostics;

namespace AltSendme.Service.Client.Desktop;

/// <summary>The browser that the desktop opens web pages with.</summary>
internal static class DefaultBrowser
{
    private static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(3);

    /// <summary>Shows a file in it.</summary>
    /// <returns>Whether there is something that opens files.</returns>
    public static bool TryShow(string file)
    {
        if (!OperatingSystem.IsWindows())
            return DesktopProgram.TryStart(OperatingSystem.IsMacOS() ? "/usr/bin/open" : "xdg-open", OperatingSystem.IsMacOS() ? file : new Uri(file).AbsoluteUri);
        try
        {
            using var process = Process.Start(new ProcessStartInfo(file) { UseShellExecute = true });
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    /// <summary>A folder that it can read, where it is confined; <see langword="null"/> where it reads what its user does, or nobody says what it is.</summary>
    public static async Task<string?> ReadableFolderAsync(CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux() || DesktopProgram.Find("xdg-settings") is not { } program)
            return null;
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, ["get", "default-web-browser"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false });
            if (process is null)
                return null;

            // Cancelled by the caller, or when the desktop does not answer.
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(AskLimit);
            var entry = await process.StandardOutput.ReadLineAsync(limit.Token);
            return entry is null ? null : BrowserSearch.ReadableFolder(entry.Trim());
        }
        catch (Exception exception) when (exception is Win32Exception or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
