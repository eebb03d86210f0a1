using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace AltSendme.Cli.Clipboard;

/// <summary>Puts text on the clipboard through the tool that the desktop has for it.</summary>
internal static class SystemClipboard
{
    private static readonly TimeSpan ToolLimit = TimeSpan.FromSeconds(5);

    /// <summary>Whether a tool took the text; otherwise what to install.</summary>
    public static async Task<(bool Copied, string Advice)> TryCopyAsync(string text, CancellationToken cancellationToken)
    {
        foreach (var (tool, arguments) in Tools())
        {
            if (await TryAsync(tool, arguments, text, cancellationToken))
                return (true, "");
        }

        if (!OperatingSystem.IsWindows() && !OperatingSystem.IsMacOS() && TryTerminal(text))
            return (true, "");
        return (false, OperatingSystem.IsLinux() ? "install wl-clipboard (Wayland), xclip or xsel (X11)" : "the system's clipboard command failed");
    }

    /// <summary>Asks the terminal itself (OSC 52), which most do even at the far end of an SSH session. There is no answer; a terminal that does not know it shows nothing.</summary>
    private static bool TryTerminal(string text)
    {
        if (Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb" or "linux")
            return false;
        Console.Error.Write(TerminalSequence(text));
        return true;
    }

    /// <summary>"Set the clipboard": ESC ] 52 ; c ; base64 BEL (xterm's control sequences, Operating System Commands).</summary>
    internal static string TerminalSequence(string text) => $"\e]52;c;{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}\a";

    private static List<(string Tool, string[] Arguments)> Tools()
    {
        if (OperatingSystem.IsWindows())
            return [("clip.exe", [])];
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
            using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false });
            if (process is null)
                return false;
            await process.StandardInput.WriteAsync(text.AsMemory(), cancellationToken);
            process.StandardInput.Close();
            await process.WaitForExitAsync(cancellationToken).WaitAsync(ToolLimit, TimeProvider.System, cancellationToken);
            return process.ExitCode == 0;
        }
        catch (Exception exception) when (exception is Win32Exception or IOException or TimeoutException)
        {
            return false;
        }
    }
}
