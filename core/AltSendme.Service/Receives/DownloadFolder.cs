namespace AltSendme.Service.Receives;

/// <summary>The user's folder for downloads: what xdg-user-dirs says on Linux, otherwise <c>Downloads</c> in the home folder.</summary>
internal static class DownloadFolder
{
    private const string Key = "XDG_DOWNLOAD_DIR=";
    private const string HomeVariable = "$HOME";

    public static string Find()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsLinux() && Configured(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "user-dirs.dirs"), home) is { } folder)
            return folder;
        return Path.Combine(home, "Downloads");
    }

    internal static string? Configured(string file, string home)
    {
        try
        {
            var value = File.ReadLines(file).Select(static line => line.Trim()).LastOrDefault(static line => line.StartsWith(Key, StringComparison.Ordinal))?[Key.Length..].Trim('"');
            if (value is null)
                return null;
            var path = value.StartsWith(HomeVariable, StringComparison.Ordinal) ? home + value[HomeVariable.Length..] : value;
            return Path.IsPathFullyQualified(path) ? Path.TrimEndingDirectorySeparator(path) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
