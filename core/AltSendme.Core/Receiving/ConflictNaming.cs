using System.Globalization;

namespace AltSendme.Core.Receiving;

/// <summary>Names for what would otherwise meet something that is there already: <c>name (2).ext</c>, <c>folder (2)</c>.</summary>
public static class ConflictNaming
{
    /// <summary>A name with a number before its extension, within the limits of file systems.</summary>
    public static string Numbered(string name, int number)
    {
        ArgumentNullException.ThrowIfNull(name);
        return NameSanitizer.Shorten(name, string.Create(CultureInfo.InvariantCulture, $" ({number})"));
    }

    /// <summary><paramref name="name"/> itself, or the first numbered form of it, that does not exist in <paramref name="folder"/>.</summary>
    public static string Free(string folder, string name)
    {
        var candidate = name;
        for (var number = 2; FileSystemEntry.Exists(Path.Combine(folder, candidate)); number++)
            candidate = Numbered(name, number);
        return candidate;
    }
}
