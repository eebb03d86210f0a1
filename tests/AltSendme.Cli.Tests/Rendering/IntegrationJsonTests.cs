using System.Text;
using System.Text.Json;
using AltSendme.Cli.Integrations;
using AltSendme.Cli.Rendering;

namespace AltSendme.Cli.Tests.Rendering;

/// <summary>What scripts read of integrations: the members stay, and docs/cli.md lists each, and each state.</summary>
public sealed class IntegrationJsonTests
{
    [Fact]
    public void Each_file_manager_has_its_state_its_places_and_what_is_missing()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            IntegrationJsonText.List(writer, IntegrationScope.User, [new IntegrationStatus("nemo", "Nemo", IntegrationState.Outdated) { IsPresent = true, Places = ["/a"], Note = "Do it." }, new IntegrationStatus("caja", "Caja", IntegrationState.NotInstalled) { IsPresent = false }]);

        Assert.Equal(
            """[{"name":"nemo","title":"Nemo","scope":"user","state":"outdated","present":true,"places":["/a"],"note":"Do it."},{"name":"caja","title":"Caja","scope":"user","state":"not-installed","present":false,"places":[]}]""",
            Encoding.UTF8.GetString(stream.ToArray()));
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "cli.md"));
        using var document = JsonDocument.Parse(stream.ToArray());
        Assert.All(document.RootElement[0].EnumerateObject(), member => Assert.Contains($"`{member.Name}`", page, StringComparison.Ordinal));
        Assert.All(Enum.GetValues<IntegrationState>(), state => Assert.Contains($"`{IntegrationJsonText.StateText(state)}`", page, StringComparison.Ordinal));
    }
}
