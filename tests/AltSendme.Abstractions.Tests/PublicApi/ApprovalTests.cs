namespace AltSendme.Abstractions.Tests.PublicApi;

/// <summary>The contract that plugins compile against changes on purpose or not at all.</summary>
public sealed class ApprovalTests
{
    private const string FileName = "AltSendme.Abstractions.txt";
    private const string ApproveVariable = "ALTSENDME_APPROVE_API";

    [Fact]
    public void The_contract_is_the_approved_one()
    {
        var current = ApiText.Of(typeof(IPlugin).Assembly);
        if (Environment.GetEnvironmentVariable(ApproveVariable) == "1")
        {
            File.WriteAllText(Path.Combine(SourceRoot(), "tests", "AltSendme.Abstractions.Tests", "PublicApi", FileName), current);
            return;
        }

        using var approved = new StreamReader(typeof(ApprovalTests).Assembly.GetManifestResourceStream(FileName)!);
        var differences = Differences(approved.ReadToEnd(), current);

        Assert.True(differences.Length == 0, $"""
            The public API of AltSendme.Abstractions differs from the approved text:
            {differences}
            Plugins are compiled against it. If the change is meant: run 'ALTSENDME_APPROVE_API=1 dotnet test tests/AltSendme.Abstractions.Tests',
            raise ContractVersion.Current (a new type: the minor; anything else: the major), and commit both with a line in CHANGELOG.md.
            """);
    }

    private static string Differences(string approved, string current)
    {
        var (before, after) = (approved.ReplaceLineEndings("\n").Split('\n'), current.Split('\n'));
        return string.Join('\n', [.. before.Except(after).Select(line => "- " + line.Trim()), .. after.Except(before).Select(line => "+ " + line.Trim())]);
    }

    private static string SourceRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AltSendme.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the source tree.");
        return folder.FullName;
    }
}
