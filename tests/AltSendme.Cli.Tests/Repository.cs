namespace AltSendme.Cli.Tests;

/// <summary>The source tree that the tests run from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Whether a file was made by a build.</summary>
    public static bool IsBuilt(string file) => Path.GetRelativePath(Root, file).Split('/', '\\').Any(static part => part is "bin" or "obj");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AltSendme.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("AltSendme.sln was not found above the tests.");
        return folder.FullName;
    }
}
