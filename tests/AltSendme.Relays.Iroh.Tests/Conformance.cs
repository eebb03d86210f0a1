using AltSendme.Abstractions;
using AltSendme.Plugins.Testing;

namespace AltSendme.Relays.Iroh.Tests;

/// <summary>What the contract asks of every relay, with a real relay server in this process.</summary>
public sealed class TunnelConformance : RelayTests
{
    protected override async Task<RelayUnderTest> StartAsync()
    {
        var lab = await RelayLab.StartAsync();
        return new RelayUnderTest(lab.Url, lab.Open) { Stop = lab.DisposeAsync };
    }
}

/// <summary>What the contract asks of every plugin.</summary>
public sealed class PluginConformance : PluginTests
{
    protected override IPlugin Create() => new RelayPlugin();
}
