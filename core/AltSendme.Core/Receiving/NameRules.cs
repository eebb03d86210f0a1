namespace AltSendme.Core.Receiving;

/// <summary>What the file system at the destination can hold.</summary>
/// <param name="Windows">Whether Windows' rules apply: reserved characters and device names, no dots or spaces at the end.</param>
/// <param name="CaseSensitive">Whether <c>A</c> and <c>a</c> are two files.</param>
public sealed record NameRules(bool Windows, bool CaseSensitive)
{
    /// <summary>Most bytes (UTF-8) of one name; the limit of the common file systems (NTFS and APFS count in other units and allow no less).</summary>
    public const int MaxNameBytes = 255;

    /// <summary>Most folders that a name may go down.</summary>
    public const int MaxDepth = 64;

    /// <summary>Asks the file system: <paramref name="existingFolder"/> must exist and have a letter in its name.</summary>
    public static NameRules Of(string existingFolder)
    {
        ArgumentNullException.ThrowIfNull(existingFolder);
        // Elsewhere file systems ignore case by default; where one does not, a number too many does no harm.
        if (!OperatingSystem.IsLinux())
            return new NameRules(OperatingSystem.IsWindows(), CaseSensitive: false);

        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(existingFolder));
        var parent = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(existingFolder)) ?? "";
        var upper = name.ToUpperInvariant();
        var swapped = upper == name ? name.ToLowerInvariant() : upper;
        return new NameRules(Windows: false, CaseSensitive: swapped == name || !Directory.Exists(Path.Combine(parent, swapped)));
    }
}
