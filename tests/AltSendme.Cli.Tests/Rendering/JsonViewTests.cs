using System.Text;
using System.Text.Json;
using AltSendme.Cli.Rendering;
using AltSendme.Core.Progress;

namespace AltSendme.Cli.Tests.Rendering;

/// <summary>The JSON lines are an interface: a member that is renamed breaks somebody's script, and one of these tests.</summary>
public sealed class JsonViewTests
{
    private const string ErrorLine = """{"type":"error","code":"store.disk-full","message":"Full.","exitCode":7}""";

    public static TheoryData<string> EventTypes => [.. typeof(TransferEvent).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(TransferEvent))).Select(static type => type.Name)];

    [Theory]
    [MemberData(nameof(EventTypes))]
    public void Each_event_has_the_line_that_scripts_know(string type)
    {
        var (value, line) = Events.ByType[type];

        Assert.Equal(line, Lines(view => view.Report(value)));
    }

    [Fact]
    public void A_run_that_failed_ends_with_the_code_and_the_exit_code() => Assert.Equal(ErrorLine, Lines(static view => view.Error("store.disk-full", "Full.", 7)));

    [Fact]
    public void Time_left_that_is_not_known_is_left_out() =>
        Assert.Equal("""{"type":"progress","bytes":1,"totalBytes":2,"bytesPerSecond":0}""", Lines(static view => view.Report(new ReceiveProgressed(1, 2, 0, null))));

    [Fact]
    public void Each_event_takes_exactly_one_line()
    {
        var lines = Lines(static view =>
        {
            view.Report(new SourceSkipped("two\nlines", "a\r\nb"));
            view.Report(new ImportProgressed(1, 1));
        }).Split('\n');

        Assert.Equal(2, lines.Length);
        Assert.All(lines, static line => JsonDocument.Parse(line).Dispose());
    }

    [Fact]
    public void A_preview_of_very_many_files_counts_all_and_names_a_hundred_thousand()
    {
        using var preview = JsonDocument.Parse(Lines(static view => view.Report(new PreviewReady([.. Enumerable.Repeat(new PreviewFile("a", 1), 100_001)], 100_001, 0))));

        Assert.Equal(100_001, preview.RootElement.GetProperty("files").GetInt32());
        Assert.Equal(100_000, preview.RootElement.GetProperty("names").GetArrayLength());
    }

    [Fact]
    public void Every_type_and_member_is_explained_on_the_page_about_the_command_line()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "cli.md"));

        foreach (var line in Events.ByType.Values.Select(static entry => entry.Line).Append(ErrorLine))
        {
            using var document = JsonDocument.Parse(line);
            var row = page.Split('\n').SingleOrDefault(row => row.StartsWith($"| `{document.RootElement.GetProperty("type").GetString()}` |", StringComparison.Ordinal));
            Assert.True(row is not null, $"docs/cli.md has no row for {line}");
            Assert.All(document.RootElement.EnumerateObject().Skip(1), member => Assert.Contains($"`{member.Name}`", row, StringComparison.Ordinal));
        }
    }

    private static string Lines(Action<JsonView> write)
    {
        using var output = new MemoryStream();
        write(new JsonView(output));
        return Encoding.UTF8.GetString(output.ToArray()).TrimEnd('\n');
    }
}
