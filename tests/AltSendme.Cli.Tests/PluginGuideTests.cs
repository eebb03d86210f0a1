using AltSendme.Abstractions;
using AltSendme.Core.Identity;
using AltSendme.Core.Plugins;
using AltSendme.TestKit;
using Microsoft.Extensions.Configuration;

namespace AltSendme.Cli.Tests;

/// <summary>The example of docs/plugins.md is what the page says: loaded from a folder, it works, and the page quotes it as it is.</summary>
public sealed class PluginGuideTests : IDisposable
{
    private static readonly string Source = Path.Combine(Repository.Root, "tests", "plugins", "AltSendme.ExampleRelay");

    private readonly TemporaryFolder _folder = new();
    private readonly EndpointKey _alice = EndpointKey.Generate();
    private readonly EndpointKey _bob = EndpointKey.Generate();

    public static TheoryData<string> Quoted => ["AltSendme.ExampleRelay.csproj", "plugin.json", "ExamplePlugin.cs", "ExampleTunnel.cs"];

    public void Dispose()
    {
        _alice.Dispose();
        _bob.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Quoted))]
    public void The_guide_quotes_the_example_as_it_is(string file) =>
        Assert.Contains(File.ReadAllText(Path.Combine(Source, file)).Trim(), File.ReadAllText(Path.Combine(Repository.Root, "docs", "plugins.md")), StringComparison.Ordinal);

    [Fact]
    public async Task The_example_is_loaded_from_its_folder_and_carries_datagrams()
    {
        await using var host = Host();
        var relay = Assert.Single(await host.StartAsync(PluginKind.Relay)).Offer.Relay!;
        var url = new Uri("https://relay.example/");
        await using var alice = relay(new RelayContext(_alice, url));
        await using var bob = relay(new RelayContext(_bob, url));
        var buffer = new byte[64 * 1024];

        await alice.SendAsync(new RelayDatagrams(_bob.Id, new byte[] { 1, 2, 3 }, 2));
        var received = await bob.ReceiveAsync(buffer);

        Assert.Equal(RelayReceivedKind.Datagrams, received.Kind);
        Assert.Equal(_alice.Id, received.Datagrams.Peer);
        Assert.Equal(2, received.Datagrams.SegmentSize);
        Assert.Equal([1, 2, 3], received.Datagrams.Contents.ToArray());
        Assert.Empty(host.Faults);
    }

    [Fact]
    public async Task The_example_says_who_is_gone_and_ends_when_it_is_disposed()
    {
        await using var host = Host();
        var tunnel = (await host.StartAsync(PluginKind.Relay))[0].Offer.Relay!(new RelayContext(_alice, new Uri("https://relay.example/")));

        await tunnel.SendAsync(new RelayDatagrams(_bob.Id, new byte[] { 1 }, 1));
        var received = await tunnel.ReceiveAsync(new byte[16]);
        await tunnel.DisposeAsync();

        Assert.Equal(RelayReceivedKind.EndpointGone, received.Kind);
        Assert.Equal(_bob.Id, received.Datagrams.Peer);
        Assert.Equal(RelayStatus.Closed, tunnel.State.Status);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await tunnel.ReceiveAsync(new byte[16]));
    }

    private PluginHost Host() => new(PluginSearch.Find([(Path.Combine(AppContext.BaseDirectory, "example-plugins"), PluginOrigin.User)]), new PluginHostOptions
    {
        Configuration = new ConfigurationBuilder().Build(),
        StateFolder = _folder.Path,
    });
}
