namespace AltSendme.Interop.Tests.Peers;

/// <summary>Finds files of the repository that a test runs or reads in place.</summary>
internal static class SourceTree
{
    private static readonly string Root = FindRoot();

    /// <summary>The full path of a file or folder that is named from the repository's root on.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "AltSendme.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"AltSendme.sln is in none of the folders above {AppContext.BaseDirectory}; the interoperability tests run from the source tree.");
    }
}
