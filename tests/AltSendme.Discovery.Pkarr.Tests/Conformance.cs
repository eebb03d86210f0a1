using AltSendme.Abstractions;
using AltSendme.Discovery.Testing;
using AltSendme.Plugins.Testing;

namespace AltSendme.Discovery.Pkarr.Tests;

/// <summary>What the contract asks of every discovery service, with a server that verifies what it is given.</summary>
public sealed class DiscoveryConformance : DiscoveryTests
{
    protected override async Task<DiscoveryUnderTest> StartAsync()
    {
        var server = TestPkarrServer.Start();
        var plugin = new PkarrPlugin();
        var context = new TestPluginContext("altsendme.pkarr", new Dictionary<string, string> { ["Relays:0"] = server.Url.ToString() });
        var offer = await plugin.StartAsync(context);
        return new DiscoveryUnderTest(offer.Discovery!)
        {
            Stop = async () =>
            {
                await plugin.DisposeAsync();
                await server.DisposeAsync();
                context.Dispose();
            },
        };
    }
}

/// <summary>What the contract asks of every plugin.</summary>
public sealed class PluginConformance : PluginTests
{
    protected override IPlugin Create() => new PkarrPlugin();
}
