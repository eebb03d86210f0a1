using System.ComponentModel;
using System.Diagnostics;

namespace AltSendme.Service.Client.Clipboard;

/// <summary>Puts text on the desktop's clipboard, through the tool that the desktop has for it, on Windows by the system's interface. What is there stays when that fails.</summary>
internal static class SystemClipboard
{
    private static readonly TimeSpan ToolLimit = TimeSpan.FromSeconds(5);

    /// <summary>What to do where <see cref="TryCopyAsync(string, CancellationToken)"/> fails, in words that follow "the ticket is not on the clipboard".</summary>
    public static string Advice => OperatingSystem.IsLinux() ? "install wl-clipboard (Wayland), xclip or xsel (X11)" : OperatingSystem.IsWindows() ? "another program keeps the clipboard open" : "the system's clipboard command failed";

    /// <summary>Whether a tool took the text. Ends within some seconds, whatever the tools do.</summary>
    public static Task<bool> TryCopyAsync(string text, CancellationToken cancellationToken) => TryCopyAsync(text, new Dictionary<string, string>(), cancellationToken);

    /// <summary>The same, on a screen that this process does not know of by itself.</summary>
    /// <param name="text">The text.</param>
    /// <param name="variables">What tools have in their environment, besides this process' own.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async Task<bool> TryCopyAsync(string text, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
            return await WindowsClipboard.TryCopyAsync(text, TimeProvider.System, cancellationToken);
        foreach (var (tool, arguments) in Tools(variables))
        {
            if (await TryAsync(tool, arguments, variables, text, cancellationToken))
                return true;
        }

        return false;
    }

    private static List<(string Tool, string[] Arguments)> Tools(IReadOnlyDictionary<string, string> variables)
    {
        if (OperatingSystem.IsMacOS())
            return [("pbcopy", [])];
        var tools = new List<(string, string[])>();
        if (Has("WAYLAND_DISPLAY"))
            tools.Add(("wl-copy", []));
        if (Has("DISPLAY"))
        {
            tools.Add(("xclip", ["-selection", "clipboard"]));
            tools.Add(("xsel", ["--clipboard", "--input"]));
        }

        return tools;

        bool Has(string name) => variables.ContainsKey(name) || Environment.GetEnvironmentVariable(name) is { Length: > 0 };
    }

    private static async Task<bool> TryAsync(string tool, string[] arguments, IReadOnlyDictionary<string, string> variables, string text, CancellationToken cancellationToken)
    {
        try
        {
            // xclip stays in the background to answer for the selection; its output must not keep ours open.
            var start = new ProcessStartInfo(tool, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, CreateNoWindow = true };
            foreach (var (name, value) in variables)
                start.Environment[name] = value;
            using var process = Process.Start(start);
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
