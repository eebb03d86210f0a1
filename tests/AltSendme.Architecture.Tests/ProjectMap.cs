using System.Xml.Linq;

namespace AltSendme.Architecture.Tests;

/// <summary>The projects of the repository and what each references, as their files say.</summary>
internal sealed record ProjectMap(string Root, IReadOnlyDictionary<string, IReadOnlyList<string>> References, IReadOnlyDictionary<string, string> Folders)
{
    public static ProjectMap Read()
    {
        var root = FindRoot();
        var references = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var folders = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(root, "*.csproj", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(root, file).Replace('\\', '/');
            if (relative.StartsWith("artifacts/", StringComparison.Ordinal) || relative.Contains("/obj/", StringComparison.Ordinal) || relative.Contains("/content/", StringComparison.Ordinal))
                continue;
            var name = Path.GetFileNameWithoutExtension(file);
            folders[name] = Path.GetDirectoryName(relative)!.Replace('\\', '/');
            references[name] = [.. XDocument.Load(file).Descendants("ProjectReference").Select(static element => Path.GetFileNameWithoutExtension(element.Attribute("Include")!.Value.Replace('\\', '/')))];
        }

        return new ProjectMap(root, references, folders);
    }

    public IEnumerable<string> In(string folder) => Folders.Where(entry => entry.Value.StartsWith(folder + "/", StringComparison.Ordinal)).Select(static entry => entry.Key).Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AltSendme.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("AltSendme.sln was not found above the tests.");
        return folder.FullName;
    }
}
