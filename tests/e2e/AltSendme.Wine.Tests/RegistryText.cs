namespace AltSendme.Wine.Tests;

/// <summary>What regedit writes, as lists that can be compared.</summary>
internal static class RegistryText
{
    /// <summary>All keys below "Software\Classes", with or without values.</summary>
    public static IReadOnlyList<string> Keys(string text) => [.. text.Split('\n').Where(static line => line.StartsWith('[') && !line.EndsWith(@"\Classes]", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];

    /// <summary>All values.</summary>
    public static IReadOnlyList<string> Values(string text)
    {
        var values = new List<string>();
        var key = "";
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith('['))
                key = line;
            else if (line.Contains('=', StringComparison.Ordinal))
                values.Add(key + line);
        }

        values.Sort(StringComparer.Ordinal);
        return values;
    }
}
