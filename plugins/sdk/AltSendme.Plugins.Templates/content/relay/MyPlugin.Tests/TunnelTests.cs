using AltSendme.Plugins.Testing;
using MyPlugin;

namespace MyPlugin.Tests;

/// <summary>What the contract asks of every relay.</summary>
public sealed class TunnelTests : RelayTests
{
    // Start your relay here, on a free port of this machine.
    protected override Task<RelayUnderTest> StartAsync() =>
        Task.FromResult(new RelayUnderTest(new Uri("myplugin://127.0.0.1:7070"), static context => new Tunnel(context, TimeProvider.System)));
}
