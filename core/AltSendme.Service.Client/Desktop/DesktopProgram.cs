using System.ComponentModel;
using System.Diagnostics;

namespace AltSendme.Service.Client.Desktop;

/// <summary>Starts programs of the desktop that live on without us: browsers, file managers. They get nothing of our input and output, and no Ctrl-C of our terminal.</summary>
public static class DesktopProgram
{
    private const string Shell = "/bin/sh";

    // In the background of a shell that ends at once; the names and arguments are the shell's parameters, never part of its text.
    private const string Detached = "\"$@\" </dev/null >/dev/null 2>&1 &";

    /// <summary>The file of a program on the search path, or of a path.</summary>
    public static string? Find(string program)
    {
        ArgumentNullException.ThrowIfNull(program);
        if (Path.IsPathRooted(program))
            return IsExecutable(program) ? program : null;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathRooted).Select(folder => Path.Combine(folder, program)).FirstOrDefault(IsExecutable);
    }

    /// <summary>Starts one.</summary>
    /// <returns>Whether it is there and could be started; how it ends is its own matter.</returns>
    public static bool TryStart(string program, params IEnumerable<string> arguments) => TryStart(program, arguments, new Dictionary<string, string>());

    /// <summary>The same, with something in its environment that this process does not have.</summary>
    /// <returns>Whether it is there and could be started.</returns>
    public static bool TryStart(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        if (Find(program) is not { } path)
            return false;
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo(path, arguments) : new ProcessStartInfo(Shell, ["-c", Detached, "sh", path, .. arguments]);
        start.UseShellExecute = false;
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start);
            return process is not null;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static bool IsExecutable(string path)
    {
        if (!File.Exists(path))
            return false;
        return OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
    }
}
