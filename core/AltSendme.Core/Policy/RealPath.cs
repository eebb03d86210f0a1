namespace AltSendme.Core.Policy;

/// <summary>Where a path leads.</summary>
internal static class RealPath
{
    private const int MaxLinks = 40;

    /// <summary>The absolute path with all links followed; parts that do not exist stay as they are.</summary>
    /// <exception cref="IOException">The links lead round in a circle.</exception>
    public static string Of(string path) => Of(path, 0);

    private static string Of(string path, int links)
    {
        if (links > MaxLinks)
            throw new IOException($"{path} leads through too many links.");
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } parent)
            return full;
        var folder = Of(parent, links);
        var here = Path.Combine(folder, Path.GetFileName(full));
        return new FileInfo(here).LinkTarget is { } target ? Of(Path.Combine(folder, target), links + 1) : here;
    }
}
