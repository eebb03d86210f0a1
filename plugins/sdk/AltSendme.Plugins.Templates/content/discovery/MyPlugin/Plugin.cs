using AltSendme.Abstractions;

namespace MyPlugin;

/// <summary>Entry point: one for the life of the process. Says what there is, and touches nothing.</summary>
public sealed class Plugin : IPlugin
{
    public ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(new PluginOffer { Discovery = endpoint => new FolderDiscovery(endpoint.Identity.Id, context.Configuration["Folder"] ?? context.StateFolder) });

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
