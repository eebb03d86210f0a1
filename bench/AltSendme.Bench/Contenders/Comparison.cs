namespace AltSendme.Bench.Contenders;

/// <summary>A transfer counts only when what arrived is what was sent.</summary>
internal static class Comparison
{
    private const int BlockSize = 1 << 20;

    /// <summary>Compares two files or two folders, names and bytes.</summary>
    /// <exception cref="InvalidDataException">They differ.</exception>
    public static void RequireEqual(string sent, string received)
    {
        if (File.Exists(sent))
        {
            RequireEqualFiles(sent, received);
            return;
        }
        var names = FilesOf(sent);
        if (!names.SequenceEqual(FilesOf(received), StringComparer.Ordinal))
            throw new InvalidDataException($"{received} does not hold the {names.Count} files that were sent.");
        foreach (var name in names)
            RequireEqualFiles(Path.Combine(sent, name), Path.Combine(received, name));
    }

    private static List<string> FilesOf(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal)];

    private static void RequireEqualFiles(string sent, string received)
    {
        using var left = File.OpenHandle(sent);
        using var right = File.OpenHandle(received);
        var length = RandomAccess.GetLength(left);
        var equal = length == RandomAccess.GetLength(right);
        var (a, b) = (new byte[Math.Min(length, BlockSize)], new byte[Math.Min(length, BlockSize)]);
        for (long offset = 0; equal && offset < length; offset += BlockSize)
        {
            var count = RandomAccess.Read(left, a, offset);
            equal = RandomAccess.Read(right, b, offset) == count && a.AsSpan(0, count).SequenceEqual(b.AsSpan(0, count));
        }
        if (!equal)
            throw new InvalidDataException($"{Path.GetFileName(received)} is not what was sent.");
    }
}
