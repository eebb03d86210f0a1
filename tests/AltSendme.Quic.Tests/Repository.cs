namespace AltSendme.Quic.Tests;

/// <summary>The source tree that the tests were built from.</summary>
internal static class Repository
{
    public static string PathOf(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AltSendme.sln")))
            folder = folder.Parent!;
        return Path.Combine(folder.FullName, path);
    }
}
