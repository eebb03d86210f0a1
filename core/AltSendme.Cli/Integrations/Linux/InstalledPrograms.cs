namespace AltSendme.Cli.Integrations.Linux;

/// <summary>What is installed on this machine, as far as menus need to know.</summary>
internal static class InstalledPrograms
{
    private static readonly string[] LibraryFolders = ["/usr/lib", "/usr/lib64", "/usr/local/lib"];

    /// <summary>Whether a program is on the path.</summary>
    public static bool Has(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Whether a library is in one of the folders of libraries, at this path below it.</summary>
    public static bool HasLibrary(string relative)
    {
        var folders = LibraryFolders.Where(Directory.Exists);
        return folders.Concat(folders.SelectMany(static folder => Directory.EnumerateDirectories(folder, "*-linux-*"))).Any(folder => File.Exists(Path.Combine(folder, relative)));
    }
}
