namespace AltSendme.Core.Plugins;

/// <summary>Finds plugins: every folder inside <c>plugins/</c> beside the program, inside the machine's folder and inside the user's.</summary>
public static class PluginSearch
{
    private const int MaxFolders = 256;

    /// <summary>Where this platform keeps plugins, first the built-in ones.</summary>
    /// <param name="programFolder">Folder of the program.</param>
    public static IReadOnlyList<(string Path, PluginOrigin Origin)> DefaultRoots(string programFolder)
    {
        var machine = OperatingSystem.IsWindows()
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "AltSendme", "plugins")
            : OperatingSystem.IsMacOS() ? "/Library/Application Support/AltSendme/plugins" : "/usr/lib/altsendme/plugins";
        return [(Path.Combine(programFolder, "plugins"), PluginOrigin.BuiltIn), (machine, PluginOrigin.Machine), (UserRoot(), PluginOrigin.User)];
    }

    /// <summary>Where this user's own plugins are.</summary>
    public static string UserRoot() => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), OperatingSystem.IsLinux() ? "altsendme" : "AltSendme", "plugins");

    /// <summary>
    /// Reads what stands in <paramref name="roots"/>, sorted by origin and name. Runs no code of a plugin. A plugin whose id an earlier one has is kept in the list, with a fault that says so:
    /// a user's plugin never takes the place of a built-in one by itself.
    /// </summary>
    public static IReadOnlyList<PluginFolder> Find(IReadOnlyList<(string Path, PluginOrigin Origin)> roots)
    {
        ArgumentNullException.ThrowIfNull(roots);
        var found = new List<PluginFolder>();
        var owners = new Dictionary<string, PluginFolder>(StringComparer.Ordinal);
        foreach (var (root, origin) in roots)
        {
            foreach (var path in Folders(root))
            {
                var folder = PluginFolder.Read(path, origin);
                if (folder is { Fault: null, Manifest: not null } && !owners.TryAdd(folder.Manifest.Id, folder))
                    folder = folder with { Fault = $"the id {folder.Manifest.Id} belongs to the plugin in {owners[folder.Manifest.Id].Path}" };
                found.Add(folder);
            }
        }

        return found;
    }

    /// <summary>Paths of the folders in <paramref name="root"/> that may be plugins, in order; none where it can't be read.</summary>
    internal static string[] Folders(string root)
    {
        try
        {
            return Directory.Exists(root) ? Directory.EnumerateDirectories(root).Where(static path => !Path.GetFileName(path).StartsWith(Installing.PluginInstaller.UnderWay, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Take(MaxFolders).ToArray() : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
