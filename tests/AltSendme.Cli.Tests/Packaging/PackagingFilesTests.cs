using System.Text.Json;
using System.Text.RegularExpressions;

namespace AltSendme.Cli.Tests.Packaging;

/// <summary>
/// Holds completions, the manual page and desktop files equal to the commands and the list of labels that they are made from. After a change on purpose:
/// <c>ALTSENDME_APPROVE_PACKAGING=1 dotnet test tests/AltSendme.Cli.Tests --filter PackagingFiles</c>.
/// </summary>
public sealed partial class PackagingFilesTests
{
    private const string ApproveVariable = "ALTSENDME_APPROVE_PACKAGING";

    public static TheoryData<string> Files =>
    [
        "completions/altsendme.bash", "completions/_altsendme", "completions/altsendme.fish", "man/altsendme.1", "desktop/org.altsendme.AltSendme.desktop", "desktop/org.altsendme.AltSendme.xml",
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_of_the_package_is_what_the_program_says(string file)
    {
        var path = Path.Combine(Repository.Root, "integrations", "packaging", file);
        var now = Content(file);
        if (Environment.GetEnvironmentVariable(ApproveVariable) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, now);
            return;
        }

        var before = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        Assert.True(before == now, $"integrations/packaging/{file} is not what the program says. If that is meant: {ApproveVariable}=1 dotnet test tests/AltSendme.Cli.Tests --filter PackagingFiles, and commit it.");
    }

    private static string Content(string file) => file switch
    {
        "completions/altsendme.bash" => BashCompletion.Text(CommandNode.Program),
        "completions/_altsendme" => ZshCompletion.Text(CommandNode.Program),
        "completions/altsendme.fish" => FishCompletion.Text(CommandNode.Program),
        "man/altsendme.1" => ManualPage.Text(CommandNode.Program, ExitCodeRows()),
        "desktop/org.altsendme.AltSendme.desktop" => DesktopFiles.Entry(Labels()),
        _ => DesktopFiles.MimeTypes(Labels()),
    };

    private static JsonElement Labels() => JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "integrations", "labels.json"))).RootElement;

    private static IEnumerable<(string Code, string Meaning)> ExitCodeRows()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "cli.md"));
        return Row().Matches(page).Select(static row => (row.Groups[1].Value, Link().Replace(row.Groups[2].Value, "$1").Replace("`", "", StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"^\| (\d+) \| ([^|]+?) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]+\)")]
    private static partial Regex Link();
}
