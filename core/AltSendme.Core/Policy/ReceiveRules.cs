namespace AltSendme.Core.Policy;

/// <summary>What policy says about received files.</summary>
internal sealed record ReceiveRules
{
    private const string HomePrefix = "~/";

    /// <summary>The only folder, absolute; <see langword="null"/> for any.</summary>
    public string? Folder { get; init; }

    /// <summary>Largest share; <see langword="null"/> for any.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>Extensions that no file may have, with their dot.</summary>
    public IReadOnlyList<PolicyEntry> ForbiddenExtensions { get; init; } = [];

    /// <summary>Reads a folder as policy writes it: absolute, or below the user's own after <c>~/</c>.</summary>
    public static bool TryResolveFolder(string text, out string folder)
    {
        folder = text.StartsWith(HomePrefix, StringComparison.Ordinal) ? UserHome.Find() is { } home ? Path.Combine(home, text[HomePrefix.Length..]) : "" : text;
        if (!Path.IsPathFullyQualified(folder) || folder.Contains('\0', StringComparison.Ordinal))
            return false;
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return true;
    }

    /// <summary>Whether a folder is the allowed one or below it, links followed: a link inside must not lead out.</summary>
    public static bool IsInside(string folder, string allowed)
    {
        var real = RealPath.Of(folder);
        var bound = RealPath.Of(allowed);
        var comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return real.Equals(bound, comparison) || real.StartsWith(Path.EndsInDirectorySeparator(bound) ? bound : bound + Path.DirectorySeparatorChar, comparison);
    }
}
