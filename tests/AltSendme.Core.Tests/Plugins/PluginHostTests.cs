using AltSendme.Core.Plugins;
using AltSendme.TestKit;
using Microsoft.Extensions.Configuration;

namespace AltSendme.Core.Tests.Plugins;

public sealed class PluginHostTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_plugin_is_loaded_from_its_folder_started_once_and_given_its_own_settings_and_folder()
    {
        Install("test.good", "GoodPlugin");
        await using var host = Host();

        var first = await host.StartAsync(PluginKind.Transport);
        var second = await host.StartAsync(PluginKind.Transport);

        Assert.Same(Assert.Single(first), Assert.Single(second));
        Assert.NotNull(first[0].Offer.Transport);
        Assert.Equal("hello", await File.ReadAllTextAsync(Path.Combine(_folder.Path, "state", "plugin-state", "test.good", "started")));
        Assert.Empty(await host.StartAsync(PluginKind.Relay));
        Assert.Empty(host.Faults);
    }

    [Theory]
    [InlineData("ThrowingConstructorPlugin", "no luck today")]
    [InlineData("ThrowingPlugin", "the cable is unplugged")]
    [InlineData("EmptyPlugin", "offers no transport")]
    [InlineData("NotAPlugin", "does not implement IPlugin")]
    [InlineData("Absent", "has no type")]
    public async Task A_faulty_plugin_is_named_and_skipped_and_the_others_work(string type, string reason)
    {
        Install("test.bad", type);
        Install("test.good", "GoodPlugin");
        await using var host = Host();

        var plugins = await host.StartAsync(PluginKind.Transport);

        Assert.Equal("test.good", Assert.Single(plugins).Manifest.Id);
        var fault = Assert.Single(host.Faults);
        Assert.Contains("test.bad", fault.Message, StringComparison.Ordinal);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plugin_that_hangs_is_given_up()
    {
        Install("test.hanging", "HangingPlugin");
        var time = new VirtualTime();
        await using var host = Host(time);

        var starting = host.StartAsync(PluginKind.Transport).AsTask();
        while (!starting.IsCompleted)
        {
            time.Advance(PluginHost.CallLimit);
            await Task.Yield();
        }

        Assert.Empty(await starting);
        Assert.Contains("did not start within", Assert.Single(host.Faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_assembly_is_reported()
    {
        var folder = Install("test.broken", "GoodPlugin");
        await File.WriteAllTextAsync(Path.Combine(folder, "AltSendme.TestPlugins.dll"), "not an assembly");
        await using var host = Host();

        Assert.Empty(await host.StartAsync(PluginKind.Transport));
        Assert.Contains("test.broken", Assert.Single(host.Faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plugin_for_another_contract_is_refused_with_both_numbers()
    {
        Install("test.future", "GoodPlugin", contract: "2.0");

        var folder = Assert.Single(Found());

        Assert.False(folder.IsUsable);
        Assert.Contains("2.0", folder.Fault, StringComparison.Ordinal);
        Assert.Contains("1.0", folder.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_manifest_and_one_without_assembly_are_listed_with_the_reason()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "plugins", "empty"));
        File.Delete(Path.Combine(Install("test.lost", "GoodPlugin"), "AltSendme.TestPlugins.dll"));

        var found = Found();

        Assert.Contains(found, static folder => folder.Name == "empty" && folder.Fault!.Contains("plugin.json", StringComparison.Ordinal));
        Assert.Contains(found, static folder => folder.Name == "test.lost" && folder.Fault!.Contains("is missing", StringComparison.Ordinal));
    }

    [Fact]
    public void A_users_plugin_does_not_take_the_place_of_a_built_in_one()
    {
        Install("test.good", "GoodPlugin");
        Install("test.good", "GoodPlugin", root: "user");

        var found = PluginSearch.Find([(Path.Combine(_folder.Path, "plugins"), PluginOrigin.BuiltIn), (Path.Combine(_folder.Path, "user"), PluginOrigin.User)]);

        Assert.True(found[0].IsUsable);
        Assert.False(found[1].IsUsable);
        Assert.Contains("belongs to", found[1].Fault, StringComparison.Ordinal);
    }

    private IReadOnlyList<PluginFolder> Found() => PluginSearch.Find([(Path.Combine(_folder.Path, "plugins"), PluginOrigin.BuiltIn)]);

    private PluginHost Host(TimeProvider? time = null) => new(Found(), new PluginHostOptions
    {
        Configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Plugins:test.good:Greeting", "hello")]).Build(),
        StateFolder = Path.Combine(_folder.Path, "state"),
        TimeProvider = time ?? TimeProvider.System,
    });

    private string Install(string id, string type, string contract = "1.0", string root = "plugins")
    {
        var folder = Path.Combine(_folder.Path, root, id);
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "test-plugins")))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(folder, PluginManifest.FileName), $$"""
            {"id":"{{id}}","kind":"transport","schemes":["test"],"version":"1.0","contractVersion":"{{contract}}","assembly":"AltSendme.TestPlugins.dll","type":"AltSendme.TestPlugins.{{type}}"}
            """);
        return folder;
    }
}
