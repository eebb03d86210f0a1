using System.Collections.Concurrent;
using AltSendme.Abstractions;

namespace AltSendme.ExampleRelay;

/// <summary>Entry point: one for the life of the process. Says what there is, and touches nothing.</summary>
public sealed class ExamplePlugin : IPlugin
{
    private readonly ConcurrentDictionary<(Uri, EndpointId), ExampleTunnel> _tunnels = new();

    public ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(new PluginOffer { Relay = relay => new ExampleTunnel(relay, _tunnels) });

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
