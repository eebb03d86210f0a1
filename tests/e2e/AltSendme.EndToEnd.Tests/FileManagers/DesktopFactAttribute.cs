namespace AltSendme.EndToEnd.Tests.FileManagers;

/// <summary>A test on a virtual screen with a real file manager; without one of the programs that takes, it is skipped. tests/install-tools installs them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DesktopFactAttribute : FactAttribute
{
    private static readonly string[] Tools = ["Xvfb", "openbox", "xdotool", "xclip", "dbus-daemon", "nautilus"];

    public DesktopFactAttribute()
    {
        if (Missing is { } missing)
            Skip = $"{missing} is not installed. To run this test: tests/install-tools.";
    }

    internal static string? Missing { get; } = Tools.FirstOrDefault(static tool => !IsOnPath(tool)) ?? (HasExtensions ? null : "python3-nautilus");

    private static bool HasExtensions => Directory.Exists("/usr/lib") && Directory.EnumerateDirectories("/usr/lib", "*-linux-*").Any(static folder => File.Exists(Path.Combine(folder, "nautilus/extensions-4/libnautilus-python.so")));

    private static bool IsOnPath(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, tool)));
}
