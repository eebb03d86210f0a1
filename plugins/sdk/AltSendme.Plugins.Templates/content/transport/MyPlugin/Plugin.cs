using AltSendme.Abstractions;

namespace MyPlugin;

/// <summary>Entry point: one for the life of the process. Says what there is, and touches nothing.</summary>
public sealed class Plugin : IPlugin
{
    public ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(new PluginOffer { Transport = static endpoint => new Transport(endpoint) });

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
