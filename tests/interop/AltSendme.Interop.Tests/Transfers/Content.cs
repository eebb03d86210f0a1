using System.Security.Cryptography;

namespace AltSendme.Interop.Tests.Transfers;

/// <summary>Files to send, and whether what arrived is the same.</summary>
internal static class Content
{
    public const long Megabyte = 1 << 20;

    /// <summary>A file in which every MiB differs, without paying for new chance each time.</summary>
    public static string WriteFile(string path, long size)
    {
        using var file = File.Create(path);
        var block = RandomNumberGenerator.GetBytes((int)Megabyte);
        for (var offset = 0L; offset < size; offset += block.Length)
        {
            BitConverter.TryWriteBytes(block, offset);
            file.Write(block.AsSpan(0, (int)Math.Min(block.Length, size - offset)));
        }

        return path;
    }

    /// <summary>A thousand files with names from several scripts in nested folders; every tenth is empty.</summary>
    public static void WriteFolder(string folder)
    {
        string[] names = ["photo", "наука", "データ 📁", "Öl & Maß", "e\u0301te\u0301", "עברית"];
        var random = new Random(1);
        for (var i = 0; i < 1000; i++)
        {
            var path = Path.Combine(folder, names[i % names.Length], $"{names[i % 5]} {i}.bin");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var content = new byte[i % 10 == 0 ? 0 : random.Next(1, 40_000)];
            random.NextBytes(content);
            File.WriteAllBytes(path, content);
        }
    }

    public static void AssertSameFile(string expected, string actual)
    {
        using var first = File.OpenRead(expected);
        using var second = File.OpenRead(actual);
        Assert.Equal(SHA256.HashData(first), SHA256.HashData(second));
    }

    public static void AssertSameFolder(string expected, string actual) => Assert.Equal(Tree(expected), Tree(actual));

    private static SortedDictionary<string, string> Tree(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(folder, file), static file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))),
        StringComparer.Ordinal);
}
