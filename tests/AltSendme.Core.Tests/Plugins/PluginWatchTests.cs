using AltSendme.Core.Identity;
using AltSendme.Core.Paths;
using AltSendme.Core.Plugins;
using AltSendme.Core.Policy;
using AltSendme.Core.Progress;
using AltSendme.Core.Settings;
using AltSendme.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace AltSendme.Core.Tests.Plugins;

/// <summary>A program that runs for long takes up what happens in the folders of plugins, without harm to the sessions that there are.</summary>
public sealed class PluginWatchTests : IAsyncLifetime
{
    private readonly PluginBench _bench = new();
    private readonly EndpointKey _key = EndpointKey.Generate();
    private readonly CoreServices _services;
    private readonly PluginWatch _watch;

    public PluginWatchTests()
    {
        (string, PluginOrigin)[] roots = [(_bench.UserRoot, PluginOrigin.User)];
        var files = new SettingsFiles(Path.Combine(_bench.Path, "machine.json"), Path.Combine(_bench.Path, "user.json"), Path.Combine(_bench.Path, "state"));
        _services = CoreServices.Open(files, roots, policySources: [], commandLine: null, linked: [new LoadedPlugin(Manifest, new MemoryNetwork().Offer)]);

        // Its clock stands: the test decides when it looks.
        _watch = new PluginWatch(_services.Plugins, roots, NullLogger.Instance, new VirtualTime());
    }

    private static PluginManifest Manifest { get; } = new()
    {
        Id = "test.linked",
        Kind = PluginKind.Transport,
        Schemes = ["memory"],
        Version = "1.0",
        ContractVersion = Abstractions.ContractVersion.Current,
        Assembly = "none.dll",
        Type = "none",
    };

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _watch.DisposeAsync();
        await _services.DisposeAsync();
        _key.Dispose();
        _bench.Dispose();
    }

    [Fact]
    public async Task A_plugin_that_is_installed_replaced_and_removed_is_taken_up_by_the_next_session_each_time()
    {
        _bench.Replace("test.one", 1);
        await LookTwiceAsync();
        var session = await BeginAsync();
        Assert.StartsWith("1.1.0.0", await File.ReadAllTextAsync(_bench.State("test.one", "library")), StringComparison.Ordinal);

        _bench.Replace("test.one", 2);
        await LookTwiceAsync();
        await using (await BeginAsync())
            Assert.StartsWith("1.2.0.0", await File.ReadAllTextAsync(_bench.State("test.one", "library")), StringComparison.Ordinal);
        Assert.False(File.Exists(_bench.State("test.one", "ended")));

        await session.DisposeAsync();
        await LookTwiceAsync();
        Assert.Equal("1.1.0.0\n", await File.ReadAllTextAsync(_bench.State("test.one", "ended")));

        Directory.Delete(Path.Combine(_bench.UserRoot, "test.one"), recursive: true);
        await LookTwiceAsync();
        Assert.Equal("1.1.0.0\n1.2.0.0\n", await File.ReadAllTextAsync(_bench.State("test.one", "ended")));
        Assert.Empty(_services.Plugins.Folders);
    }

    [Fact]
    public async Task A_folder_that_is_still_being_copied_is_left_alone_until_it_is_quiet()
    {
        _bench.Replace("test.one", 1);
        await _watch.LookAsync(CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(_bench.UserRoot, "test.one", "more.txt"), "x");
        await _watch.LookAsync(CancellationToken.None);
        Assert.Empty(_services.Plugins.Folders);

        await _watch.LookAsync(CancellationToken.None);

        Assert.Single(_services.Plugins.Folders);
    }

    private async Task LookTwiceAsync()
    {
        await _watch.LookAsync(CancellationToken.None);
        await _watch.LookAsync(CancellationToken.None);
    }

    private Task<EndpointSession> BeginAsync() => EndpointSession.OpenAsync(_key, _services, RelayUse.Sending, new Progress<TransferEvent>(), CancellationToken.None);
}
