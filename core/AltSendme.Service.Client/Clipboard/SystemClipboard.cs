using System.ComponentModel;
using System.Diagnostics;

namespace AltSendme.Service.Client.Clipboard;

/// <summary>Puts text on the desktop's clipboard, through the tool that the desktop has for it, on Windows by the system's interface. What is there stays when that fails.</summary>
internal static class SystemClipboard
{
    private static readonly TimeSpan ToolLimit = TimeSpan.FromSeconds(5);

    /// <summary>What to do where <see cref="TryCopyAsync"/> fails, in words that follow "the ticket is not on the clipboard".</summary>
    public static string Advice => OperatingSystem.IsLinux() ? "install wl-clipboard (Wayland), xclip or xsel (X11)" : OperatingSystem.IsWindows() ? "another program keeps the clipboard open" : "the system's clipboard command failed";

    /// <summary>Whether a tool took the text. Ends within some seconds, whatever the tools do.</summary>
    public static async Task<bool> TryCopyAsync(string text, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
            return await WindowsClipboard.TryCopyAsync(text, TimeProvider.System, cancellationToken);
        foreach (var (tool, arguments) in Tools())
        {
            if (await TryAsync(tool, arguments, text, cancellationToken))
                return true;
        }

        return false;
    }

    private static List<(string Tool, string[] Arguments)> Tools()
    {
        if (OperatingSystem.IsMacOS())
            return [("pbcopy", [])];
        var tools = new List<(string, string[])>();
        if (Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is { Length: > 0 })
            tools.Add(("wl-copy", []));
        if (Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 })
        {
            tools.Add(("xclip", ["-selection", "clipboard"]));
            tools.Add(("xsel", ["--clipboard", "--input"]));
        }

        return tools;
    }

    private static async Task<bool> TryAsync(string tool, string[] arguments, string text, CancellationToken cancellationToken)
    {
        try
        {
            // xclip stays in the background to answer for the selection; its output must not keep ours open.
            using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, CreateNoWindow = true });
            return process is not null && await FeedAsync(process, text, cancellationToken);
        }
        catch (Exception exception) when (exception is Win32Exception or IOException)
        {
            return false;
        }
    }

    private static async Task<bool> FeedAsync(Process process, string text, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ToolLimit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await process.StandardInput.WriteAsync(text.AsMemory(), either.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(either.Token);
            return process.ExitCode == 0;
        }
        catch (OperationCanceledException)
        {
            // It must not come back later and replace what somebody copied meanwhile.
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }
}
