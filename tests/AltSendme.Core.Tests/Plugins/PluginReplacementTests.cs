using System.Runtime.CompilerServices;
using AltSendme.Core.Plugins;

namespace AltSendme.Core.Tests.Plugins;

/// <summary>Plugins of others come with their own libraries, and can be replaced while the program runs.</summary>
public sealed class PluginReplacementTests : IDisposable
{
    private readonly PluginBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Two_plugins_use_different_versions_of_one_library_at_the_same_time()
    {
        PluginBench.AddLibrary(_bench.Install("test.one", "LibraryPlugin", root: "user"), new Version(1, 0, 0, 0), "from the first");
        PluginBench.AddLibrary(_bench.Install("test.two", "LibraryPlugin", root: "user"), new Version(2, 0, 0, 0), "from the second");
        await using var host = _bench.Host();

        Assert.Equal(2, (await host.StartAsync(PluginKind.Transport)).Count);

        Assert.Equal("1.0.0.0: from the first", await File.ReadAllTextAsync(_bench.State("test.one", "library")));
        Assert.Equal("2.0.0.0: from the second", await File.ReadAllTextAsync(_bench.State("test.two", "library")));
    }

    [Fact]
    public async Task A_plugin_is_replaced_a_hundred_times_in_one_process_and_none_of_its_code_stays()
    {
        await using var host = _bench.Host();
        var contexts = new List<WeakReference>();
        for (var round = 0; round < 100; round++)
        {
            Replace(round);
            Assert.Empty(await host.RefreshAsync(_bench.Found()));
            contexts.Add(await UseAsync(host));
            Assert.StartsWith($"1.{round}.0.0", await File.ReadAllTextAsync(_bench.State("test.one", "library")), StringComparison.Ordinal);
        }

        Directory.Delete(Path.Combine(_bench.UserRoot, "test.one"), recursive: true);
        Assert.Empty(await host.RefreshAsync(_bench.Found()));

        Assert.Empty(await host.StartAsync(PluginKind.Transport));
        Assert.DoesNotContain(contexts, static context => context.IsAlive);
    }

    [Fact]
    public async Task A_plugin_that_is_as_it_was_goes_on()
    {
        _bench.Install("test.good", "GoodPlugin", root: "user");
        await using var host = _bench.Host();
        var before = Assert.Single(await host.StartAsync(PluginKind.Transport));

        await host.RefreshAsync(_bench.Found());

        Assert.Same(before, Assert.Single(await host.StartAsync(PluginKind.Transport)));
    }

    [Fact]
    public async Task A_faulty_plugin_that_was_replaced_by_a_good_one_is_tried_again()
    {
        var folder = _bench.Install("test.good", "ThrowingPlugin", root: "user");
        await using var host = _bench.Host();
        Assert.Empty(await host.StartAsync(PluginKind.Transport));

        Directory.Delete(folder, recursive: true);
        _bench.Install("test.good", "GoodPlugin", root: "user");
        await host.RefreshAsync(_bench.Found());

        Assert.Single(await host.StartAsync(PluginKind.Transport));
        Assert.Empty(host.Faults);
    }

    [Fact]
    public async Task A_plugin_with_a_thread_that_nobody_can_stop_is_named_and_not_waited_for()
    {
        var folder = _bench.Install("test.thread", "ThreadPlugin", root: "user");
        await using var host = _bench.Host();
        Assert.Single(await host.StartAsync(PluginKind.Transport));
        Directory.Delete(folder, recursive: true);

        Assert.Equal("test.thread", Assert.Single(await host.RefreshAsync(_bench.Found())));
        Assert.Contains(_bench.Log, static line => line.Contains("test.thread was ended, but something of it still runs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_session_keeps_the_plugin_that_it_began_with_and_the_next_one_gets_the_new()
    {
        Replace(1);
        await using var host = _bench.Host();
        var first = host.Lease();
        var old = await UseAsync(host);

        Replace(2);
        Assert.Empty(await host.RefreshAsync(_bench.Found()));
        using var second = host.Lease();
        var current = await UseAsync(host);

        Assert.StartsWith("1.2.0.0", await File.ReadAllTextAsync(_bench.State("test.one", "library")), StringComparison.Ordinal);
        Assert.True(old.IsAlive);
        Assert.False(File.Exists(_bench.State("test.one", "ended")));

        first.Dispose();
        Assert.Empty(await host.EndUnusedAsync());
        Assert.False(old.IsAlive);
        Assert.Equal("1.1.0.0\n", await File.ReadAllTextAsync(_bench.State("test.one", "ended")));
        Assert.True(current.IsAlive);
    }

    [Fact]
    public async Task Whatever_sessions_still_hold_is_ended_with_the_host()
    {
        Replace(1);
        var host = _bench.Host();
        using var lease = host.Lease();
        await UseAsync(host);
        Replace(2);
        await host.RefreshAsync(_bench.Found());

        await host.DisposeAsync();

        Assert.Equal("1.1.0.0\n", await File.ReadAllTextAsync(_bench.State("test.one", "ended")));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> UseAsync(PluginHost host)
    {
        var plugin = Assert.Single(await host.StartAsync(PluginKind.Transport));
        return new WeakReference(System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(plugin.Offer.Transport!.Method.Module.Assembly));
    }

    private void Replace(int round) => _bench.Replace("test.one", round);
}
