using System.Text.Json;
using AltSendme.Abstractions;

namespace AltSendme.Plugins.Testing;

/// <summary>What the contract asks of every plugin, whatever it offers: its manifest, its constructor, its life.</summary>
public abstract class PluginTests
{
    /// <summary>How long a test may take, in milliseconds.</summary>
    protected const int Limit = 60_000;

    /// <summary>The plugin's manifest; a project that refers to the plugin's has it beside its tests.</summary>
    protected virtual string ManifestFile => Path.Combine(AppContext.BaseDirectory, "plugin.json");

    /// <summary>Settings of the plugin that a test may use; none by default.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>();

    /// <summary>Makes the plugin as a host does, by its constructor without parameters.</summary>
    protected abstract IPlugin Create();

    [Fact(Timeout = Limit)]
    public async Task The_manifest_names_this_plugin()
    {
        await using var plugin = Create();
        using var manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(ManifestFile), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });

        Assert.Equal(plugin.GetType().FullName, Text(manifest, "type"));
        Assert.Equal(plugin.GetType().Assembly.GetName().Name + ".dll", Text(manifest, "assembly"));
        Assert.True(ContractVersion.TryParse(Text(manifest, "contractVersion"), out var contract), "\"contractVersion\" must look like \"1.0\".");
        Assert.True(ContractVersion.Current.Accepts(contract), $"The manifest asks for contract {contract}; these tests have {ContractVersion.Current}.");
        Assert.NotEmpty(Text(manifest, "version"));
        Assert.Matches("^[a-z][a-z0-9.-]{0,63}$", Text(manifest, "id"));
    }

    [Fact(Timeout = Limit)]
    public async Task It_offers_what_the_manifest_says_and_that_is_made_without_waiting()
    {
        await using var plugin = Create();
        using var manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(ManifestFile), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        using var context = new TestPluginContext(Text(manifest, "id"), Settings);

        var offer = await plugin.StartAsync(context);

        Assert.NotNull(Text(manifest, "kind").ToLowerInvariant() switch
        {
            "transport" => (object?)offer.Transport,
            "discovery" => offer.Discovery,
            "relay" => offer.Relay,
            var kind => throw new InvalidOperationException($"\"kind\" is '{kind}'."),
        });
    }

    [Fact(Timeout = Limit)]
    public async Task One_that_was_never_started_can_be_disposed() => await Create().DisposeAsync();

    [Fact(Timeout = Limit)]
    public async Task Two_live_beside_each_other()
    {
        await using var one = Create();
        await using var two = Create();
        using var first = new TestPluginContext("one", Settings);
        using var second = new TestPluginContext("two", Settings);

        await one.StartAsync(first);
        await two.StartAsync(second);
        await one.DisposeAsync();
    }

    [Fact]
    public void The_type_can_be_made_by_a_host()
    {
        var type = Create().GetType();

        Assert.True(type.IsPublic, $"{type} must be public.");
        Assert.NotNull(type.GetConstructor([]));
    }

    private static string Text(JsonDocument manifest, string name) => manifest.RootElement.TryGetProperty(name, out var value) ? value.GetString() ?? "" : throw new InvalidOperationException($"plugin.json has no \"{name}\".");
}
