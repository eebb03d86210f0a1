using System.Runtime.Versioning;
using Microsoft.Win32;

namespace AltSendme.Service.Client.Desktop;

/// <summary>Looks for a browser that can show a window: by name on the search path on Linux, by its known places on Windows and macOS.</summary>
public static class BrowserSearch
{
    private const string SnapFolder = "/snap/bin/";
    private const string AppPaths = @"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\";

    private static readonly string[] Programs =
        ["chromium", "google-chrome", "google-chrome-stable", "chromium-browser", "brave-browser", "brave", "microsoft-edge", "microsoft-edge-stable", "vivaldi", "vivaldi-stable"];

    private static readonly string[] WindowsPrograms = ["msedge.exe", "chrome.exe", "brave.exe", "vivaldi.exe"];

    private static readonly string[] WindowsPlaces =
        [@"Microsoft\Edge\Application\msedge.exe", @"Google\Chrome\Application\chrome.exe", @"BraveSoftware\Brave-Browser\Application\brave.exe", @"Vivaldi\Application\vivaldi.exe"];

    private static readonly string[] MacApplications = ["Google Chrome", "Chromium", "Brave Browser", "Microsoft Edge", "Vivaldi"];

    /// <summary>The first one that is there; <see langword="null"/> for none.</summary>
    public static AppBrowser? Find()
    {
        if (OperatingSystem.IsWindows())
            return WindowsPrograms.Select(Registered).Concat(InKnownPlaces()).Where(static path => path is not null && File.Exists(path)).Select(static path => new AppBrowser(Path.GetFileNameWithoutExtension(path!), path!, [], null)).FirstOrDefault();
        if (OperatingSystem.IsMacOS())
        {
            var folders = new[] { "/Applications", Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "Applications") };
            return MacApplications.Where(name => folders.Any(folder => Directory.Exists(Path.Combine(folder, name + ".app")))).Select(static name => new AppBrowser(name, "/usr/bin/open", ["-na", name, "--args"], null)).FirstOrDefault();
        }

        return Programs.Select(static name => (Name: name, Path: DesktopProgram.Find(name))).Where(static program => program.Path is not null)
            .Select(static program => new AppBrowser(program.Name, program.Path!, [], ReadableFolder(program.Path!))).FirstOrDefault();
    }

    /// <summary>The folder that a browser of the Snap store can read, from the program or from a desktop entry of the form <c>snap_program.desktop</c>; <see langword="null"/> where it is none.</summary>
    internal static string? ReadableFolder(string programOrEntry)
    {
        string? snap = null;
        if (programOrEntry.StartsWith(SnapFolder, StringComparison.Ordinal))
            snap = Path.GetFileName(programOrEntry).Split('.')[0];
        else if (programOrEntry.EndsWith(".desktop", StringComparison.Ordinal) && programOrEntry.Split('_') is [{ Length: > 0 } name, ..] and { Length: > 1 })
            snap = name;
        else if (Path.GetFileName(programOrEntry) == "chromium-browser" && File.Exists(SnapFolder + "chromium"))
            snap = "chromium";   // a script of Ubuntu's that starts the snap
        if (snap is null || snap.Contains('/', StringComparison.Ordinal))
            return null;
        var folder = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "snap", snap, "common");
        return Directory.Exists(folder) ? folder : null;
    }

    private static IEnumerable<string> InKnownPlaces()
    {
        var roots = new[] { Environment.SpecialFolder.ProgramFilesX86, Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.LocalApplicationData }.Select(static folder => Environment.GetFolderPath(folder)).Where(static root => root.Length > 0).ToArray();
        return WindowsPlaces.SelectMany(place => roots.Select(root => Path.Combine(root, place)));
    }

    private static string? Registered(string program)
    {
        if (!OperatingSystem.IsWindows())
            return null;
        return Registered(Registry.CurrentUser, program) ?? Registered(Registry.LocalMachine, program);
    }

    [SupportedOSPlatform("windows")]
    private static string? Registered(RegistryKey hive, string program)
    {
        using var key = hive.OpenSubKey(AppPaths + program);
        return (key?.GetValue(null) as string)?.Trim('"');
    }
}
