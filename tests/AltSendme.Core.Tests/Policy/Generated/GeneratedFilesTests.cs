using AltSendme.Core.Policy;
using AltSendme.Core.Settings.Schema;

namespace AltSendme.Core.Tests.Policy.Generated;

/// <summary>
/// Holds what is made from the catalogue of keys equal to it: JSON schemas, tables of the documents, administrative templates, a configuration profile. After a change on purpose:
/// <c>ALTSENDME_APPROVE_SCHEMA=1 dotnet test tests/AltSendme.Core.Tests --filter GeneratedFiles</c>.
/// </summary>
public sealed class GeneratedFilesTests
{
    private const string ApproveVariable = "ALTSENDME_APPROVE_SCHEMA";

    private static readonly string Root = FindRoot();

    public static TheoryData<string> Files =>
    [
        "docs/schemas/settings.json", "docs/schemas/policy.json", "docs/settings.md", "docs/admin.md",
        "integrations/explorer/admx/AltSendme.admx", "integrations/explorer/admx/en-US/AltSendme.adml", "integrations/finder/AltSendme.mobileconfig",
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_generated_file_is_what_the_catalogue_says(string file)
    {
        var path = Path.Combine(Root, file);
        var before = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        var now = Content(file, before);
        if (Environment.GetEnvironmentVariable(ApproveVariable) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, now);
            return;
        }

        Assert.True(before == now, $"{file} is not what the catalogue of keys says. If that is meant: {ApproveVariable}=1 dotnet test tests/AltSendme.Core.Tests --filter GeneratedFiles, and commit it.");
    }

    private static string Content(string file, string before) => file switch
    {
        "docs/schemas/settings.json" => JsonSchemaText.Of("Settings of AltSendme", SettingKeys.All, hasFreeSection: true),
        "docs/schemas/policy.json" => JsonSchemaText.Of("Policy of AltSendme", [.. PolicyKeys.All.Select(static key => key.Schema)], hasFreeSection: false),
        "docs/settings.md" => KeyTable.Replace(before, SettingKeys.All),
        "docs/admin.md" => KeyTable.Replace(before, [.. PolicyKeys.Restrictions.Select(static key => key.Schema)]),
        "integrations/explorer/admx/AltSendme.admx" => AdministrativeTemplate.Definitions(),
        "integrations/explorer/admx/en-US/AltSendme.adml" => AdministrativeTemplate.Texts(),
        _ => ConfigurationProfile.Text(),
    };

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AltSendme.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the source tree.");
        return folder.FullName;
    }
}
