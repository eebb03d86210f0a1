namespace AltSendme.EndToEnd.Tests.Desktop;

/// <summary>The sources that these tests are built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AltSendme.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("AltSendme.sln was not found above the tests.");
        return folder.FullName;
    }
}
