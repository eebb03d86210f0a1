using AltSendme.Core.Plugins;
using AltSendme.TestKit;

namespace AltSendme.Core.Tests.Plugins;

public sealed class PluginHostTests : IDisposable
{
    private readonly PluginBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_plugin_is_loaded_from_its_folder_started_once_and_given_its_own_settings_and_folder()
    {
        _bench.Install("test.good", "GoodPlugin");
        await using var host = _bench.Host();

        var first = await host.StartAsync(PluginKind.Transport);
        var second = await host.StartAsync(PluginKind.Transport);

        Assert.Same(Assert.Single(first), Assert.Single(second));
        Assert.NotNull(first[0].Offer.Transport);
        Assert.Equal("hello", await File.ReadAllTextAsync(_bench.State("test.good", "started")));
        Assert.Empty(await host.StartAsync(PluginKind.Relay));
        Assert.Empty(host.Faults);
    }

    [Theory]
    [InlineData("ThrowingConstructorPlugin", "no luck today")]
    [InlineData("ThrowingPlugin", "the cable is unplugged")]
    [InlineData("EmptyPlugin", "offers no transport")]
    [InlineData("ThrowingStaticConstructorPlugin", "its static constructor failed: bad at birth")]
    [InlineData("ThrowingLaterPlugin", "gave up half-way")]
    [InlineData("AbstractPlugin", "abstract")]
    [InlineData("DemandingPlugin", "no public constructor without parameters")]
    [InlineData("NotAPlugin", "does not implement IPlugin")]
    [InlineData("Absent", "has no type")]
    [InlineData("GoodPlugin, AltSendme.TestPlugins", "")]
    [InlineData("Good[[", "")]
    [InlineData("Good*&", "")]
    public async Task A_faulty_plugin_is_named_and_skipped_and_the_others_work(string type, string reason)
    {
        _bench.Install("test.bad", type);
        _bench.Install("test.good", "GoodPlugin");
        await using var host = _bench.Host();

        var plugins = await host.StartAsync(PluginKind.Transport);

        Assert.Equal("test.good", Assert.Single(plugins).Manifest.Id);
        var fault = Assert.Single(host.Faults);
        Assert.Contains("test.bad", fault.Message, StringComparison.Ordinal);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HangingPlugin", true, "did not start within 10 seconds")]
    [InlineData("WaitingPlugin", true, "did not start within 10 seconds")]
    [InlineData("HangingConstructorPlugin", false, "constructor did not return within 10 seconds")]
    public async Task A_plugin_that_hangs_is_given_up(string type, bool begins, string reason)
    {
        _bench.Install("test.hanging", type);
        var time = new VirtualTime();
        await using var host = _bench.Host(time);

        var starting = host.StartAsync(PluginKind.Transport).AsTask();
        while (!starting.IsCompleted)
        {
            if (!begins || File.Exists(_bench.State("test.hanging", "begun")))
                time.Advance(PluginHost.CallLimit);
            await Task.Yield();
        }

        Assert.Empty(await starting);
        Assert.Contains(reason, Assert.Single(host.Faults).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plugins", "not an assembly")]
    [InlineData("user", "not an assembly")]
    [InlineData("user", "")]
    [InlineData("user", "MZ")]
    public async Task A_file_that_is_no_assembly_is_reported(string root, string content)
    {
        var folder = _bench.Install("test.broken", "GoodPlugin", root: root);
        await File.WriteAllTextAsync(Path.Combine(folder, "AltSendme.TestPlugins.dll"), content);
        await using var host = _bench.Host();

        Assert.Empty(await host.StartAsync(PluginKind.Transport));
        var message = Assert.Single(host.Faults).Message;
        Assert.Contains("test.broken", message, StringComparison.Ordinal);
        Assert.Contains("AltSendme.TestPlugins.dll", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plugin_that_does_not_end_is_named_and_left_behind()
    {
        _bench.Install("test.hanging", "HangingDisposePlugin");
        var time = new VirtualTime();
        var host = _bench.Host(time);
        Assert.Single(await host.StartAsync(PluginKind.Transport));

        var ending = host.DisposeAsync().AsTask();
        while (!ending.IsCompleted)
        {
            time.Advance(PluginHost.CallLimit);
            await Task.Yield();
        }

        Assert.Contains(_bench.Log, static line => line.Contains("test.hanging did not end within 10 seconds", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_task_of_a_plugin_that_fails_unseen_is_named_and_ends_nothing()
    {
        _bench.Install("test.forgetful", "ForgetfulPlugin");
        await using var host = _bench.Host();
        await host.StartAsync(PluginKind.Transport);

        for (var round = 0; round < 1000 && !_bench.Log.Any(IsNamed); round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Yield();
        }

        Assert.Contains(_bench.Log, IsNamed);

        static bool IsNamed(string line) => line.Contains("A task of plugin test.forgetful failed", StringComparison.Ordinal);
    }

    [Fact]
    public void A_plugin_for_another_contract_is_refused_with_both_numbers()
    {
        _bench.Install("test.future", "GoodPlugin", contract: "2.0");

        var folder = Assert.Single(_bench.Found());

        Assert.False(folder.IsUsable);
        Assert.Contains("2.0", folder.Fault, StringComparison.Ordinal);
        Assert.Contains("1.0", folder.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_manifest_and_one_without_assembly_are_listed_with_the_reason()
    {
        Directory.CreateDirectory(Path.Combine(_bench.Path, "plugins", "empty"));
        File.Delete(Path.Combine(_bench.Install("test.lost", "GoodPlugin"), "AltSendme.TestPlugins.dll"));

        var found = _bench.Found();

        Assert.Contains(found, static folder => folder.Name == "empty" && folder.Fault!.Contains("plugin.json", StringComparison.Ordinal));
        Assert.Contains(found, static folder => folder.Name == "test.lost" && folder.Fault!.Contains("is missing", StringComparison.Ordinal));
    }

    [Fact]
    public void A_users_plugin_does_not_take_the_place_of_a_built_in_one()
    {
        _bench.Install("test.good", "GoodPlugin");
        _bench.Install("test.good", "GoodPlugin", root: "user");

        var found = PluginSearch.Find([(Path.Combine(_bench.Path, "plugins"), PluginOrigin.BuiltIn), (Path.Combine(_bench.Path, "user"), PluginOrigin.User)]);

        Assert.True(found[0].IsUsable);
        Assert.False(found[1].IsUsable);
        Assert.Contains("belongs to", found[1].Fault, StringComparison.Ordinal);
    }
}
