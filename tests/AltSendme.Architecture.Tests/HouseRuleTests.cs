namespace AltSendme.Architecture.Tests;

/// <summary>Rules of the house that no analyzer knows.</summary>
public sealed class HouseRuleTests
{
    private const int MaxLines = 500;

    private static readonly ProjectMap Map = ProjectMap.Read();

    private static readonly string[] TooVague = ["Manager", "Helper", "Helpers", "Util", "Utils", "Misc"];

    private static IEnumerable<string> Sources =>
        new[] { "core", "plugins" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Map.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(static file => !file.Split('/', '\\').Any(static part => part is "obj" or "bin"));

    [Fact]
    public void No_file_has_a_name_that_says_nothing() =>
        Assert.Empty(Sources.Where(static file => TooVague.Any(word => Path.GetFileNameWithoutExtension(file).EndsWith(word, StringComparison.Ordinal))).Select(Relative));

    [Fact]
    public void A_file_is_named_by_a_type_in_it() => Assert.Empty(Sources.Where(static file => !Declares(file)).Select(Relative));

    [Fact]
    public void A_file_fits_on_a_few_screens() => Assert.Empty(Sources.Where(static file => File.ReadLines(file).Count() > MaxLines && !IsKernel(file)).Select(Relative));

    private static bool Declares(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file).Split('.')[0];
        return name == "Program" || File.ReadLines(file).Any(line => line.Contains($" {name}", StringComparison.Ordinal) && (line.Contains("class ", StringComparison.Ordinal) || line.Contains("struct ", StringComparison.Ordinal)
            || line.Contains("record ", StringComparison.Ordinal) || line.Contains("enum ", StringComparison.Ordinal) || line.Contains("interface ", StringComparison.Ordinal) || line.Contains("delegate ", StringComparison.Ordinal)));
    }

    // A vector kernel is one long computation.
    private static bool IsKernel(string file) => Path.GetFileName(file).Contains("Kernel", StringComparison.Ordinal);

    private static string Relative(string file) => Path.GetRelativePath(Map.Root, file);
}
