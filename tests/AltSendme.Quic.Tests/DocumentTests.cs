using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace AltSendme.Quic.Tests;

/// <summary>What the README and docs/quic.md name is there, and the numbers are those of the code.</summary>
public sealed partial class DocumentTests
{
    private const string Library = "plugins/transports/AltSendme.Quic";
    private const BindingFlags Everything = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    private static readonly string[] Pages = [$"{Library}/README.md", "docs/quic.md"];

    [Fact]
    public void Files_and_folders_that_the_pages_name_are_there()
    {
        var files = Directory.GetFiles(Repository.PathOf(Library), "*.cs", SearchOption.AllDirectories).Select(static file => $"/{file.Replace('\\', '/')}").ToArray();
        foreach (var name in Pages.SelectMany(static page => Names(page, FileName())))
        {
            var pattern = $"/{Regex.Escape(name).Replace("\\*", "[^/]*", StringComparison.Ordinal)}{(name.EndsWith('/') ? "" : "$")}";
            Assert.True(Array.Exists(files, file => Regex.IsMatch(file, pattern)), name);
        }
    }

    [Fact]
    public void Limits_have_the_values_that_the_page_gives()
    {
        var rows = LimitRow().Matches(File.ReadAllText(Repository.PathOf("docs/quic.md")));
        Assert.True(rows.Count > 10);
        Assert.All(rows, static row => Assert.Equal(row.Groups["value"].Value, ValueOf(row.Groups["type"].Value, row.Groups["member"].Value)));
    }

    [Fact]
    public void Tests_that_the_page_names_are_there()
    {
        var members = typeof(DocumentTests).Assembly.GetTypes().SelectMany(static type => type.GetMethods().Select(static method => method.Name).Append(type.Name)).ToHashSet();
        Assert.All(Names("docs/quic.md", TestName()), name => Assert.Contains(name, members));
    }

    private static string? ValueOf(string typeName, string memberName)
    {
        var type = typeof(ConnectionOptions).Assembly.GetTypes().First(type => type.Name == typeName);
        var value = type.GetField(memberName, Everything) is { } field ? field.GetValue(null) : type.GetProperty(memberName, Everything)!.GetValue(Activator.CreateInstance(type));
        return Convert.ToString(value, CultureInfo.InvariantCulture);
    }

    private static IEnumerable<string> Names(string page, Regex pattern) => pattern.Matches(File.ReadAllText(Repository.PathOf(page))).Select(static match => match.Groups[1].Value);

    [GeneratedRegex("`([A-Z][A-Za-z]*(?:/[A-Z][A-Za-z]*)*(?:/|\\*?\\.(?:[A-Z][A-Za-z]*\\.)?cs))`")]
    private static partial Regex FileName();

    [GeneratedRegex("`((?:[A-Z][a-z]*_[a-z0-9_A-Z]+|[A-Z][A-Za-z]*Tests))`")]
    private static partial Regex TestName();

    [GeneratedRegex("^\\|[^|]*\\|[^|]*`(?<type>[A-Za-z]+)\\.(?<member>[A-Za-z]+)`[^|]*\\| (?<value>[0-9]+) \\|", RegexOptions.Multiline)]
    private static partial Regex LimitRow();
}
