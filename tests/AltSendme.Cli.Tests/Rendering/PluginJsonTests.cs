using System.Text.Json;
using AltSendme.Abstractions;
using AltSendme.Cli.Commands;
using AltSendme.Cli.Rendering;
using AltSendme.Core.Plugins;
using AltSendme.Core.Plugins.Trust;

namespace AltSendme.Cli.Tests.Rendering;

/// <summary>What scripts read of plugins: the members stay, and docs/cli.md lists each.</summary>
public sealed class PluginJsonTests
{
    private static readonly PluginManifest Manifest = new()
    {
        Id = "example.relay",
        Kind = PluginKind.Relay,
        Schemes = ["hub"],
        Version = "1.0.0",
        ContractVersion = new ContractVersion(1, 0),
        Assembly = "Example.dll",
        Type = "Example.Plugin",
        Description = "About.",
        License = "MIT",
    };

    private static readonly SignerKey Signer = SignerKey.TryParse("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", out var key) ? key : default;

    private static readonly PluginFindings Good = new(new PluginFolder("/p", PluginOrigin.User, Manifest, null), new PluginEvidence(Manifest, PluginOrigin.User, new string('0', 64), Signer), null) { Hashes = "ok", Loads = true, IsAllowed = true };

    private static readonly PluginFindings Bad = new(new PluginFolder("/q", PluginOrigin.Machine, null, "it has no plugin.json"), null, "it has no plugin.json");

    [Fact]
    public void A_list_has_the_manifests_of_plugins_and_the_reason_of_those_that_are_skipped() => AssertJson(
        """[{"folder":"/p","origin":"user","id":"example.relay","kind":"relay","version":"1.0.0","contractVersion":"1.0","schemes":["hub"]},{"folder":"/q","origin":"machine","skipped":"it has no plugin.json"}]""",
        static writer => PluginJson.List(writer, [Good.Folder, Bad.Folder]));

    [Fact]
    public void Info_has_who_signed_and_what_stands_for_the_whole() => AssertJson(
        $$"""{"folder":"/p","origin":"user","id":"example.relay","kind":"relay","version":"1.0.0","contractVersion":"1.0","schemes":["hub"],"assembly":"Example.dll","typeName":"Example.Plugin","description":"About.","license":"MIT","signature":"valid","signer":"{{Signer}}","hash":"{{new string('0', 64)}}","policy":"allowed"}""",
        static writer => PluginJson.Info(writer, Good));

    [Fact]
    public void Verify_has_what_was_checked() => AssertJson(
        $$"""[{"folder":"/p","origin":"user","id":"example.relay","kind":"relay","version":"1.0.0","contractVersion":"1.0","schemes":["hub"],"ok":true,"hashes":"ok","signature":"valid","signer":"{{Signer}}","started":true},{"folder":"/q","origin":"machine","ok":false,"signature":"none","fault":"it has no plugin.json"}]""",
        static writer => PluginJson.Verified(writer, [Good, Bad]));

    private static void AssertJson(string expected, Action<Utf8JsonWriter> body)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            body(writer);
        Assert.Equal(expected, System.Text.Encoding.UTF8.GetString(stream.ToArray()));

        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "cli.md"));
        using var document = JsonDocument.Parse(stream.ToArray());
        var objects = document.RootElement.ValueKind == JsonValueKind.Array ? document.RootElement.EnumerateArray().ToArray() : [document.RootElement];
        Assert.All(objects.SelectMany(static item => item.EnumerateObject()), member => Assert.Contains($"`{member.Name}`", page, StringComparison.Ordinal));
    }
}
