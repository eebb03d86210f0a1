namespace AltSendme.Abstractions;

/// <summary>
/// Entry point of a plugin. The type named by <c>plugin.json</c> implements it and has a public constructor without parameters, which does no I/O.
/// The host makes one for the life of the process and disposes it at the end.
/// </summary>
public interface IPlugin : IAsyncDisposable
{
    /// <summary>Called once, before anything else. Says what the plugin offers; it should not touch the network yet.</summary>
    /// <exception cref="PluginException">The plugin can't work here; the message says why and what to do, and the host shows it and goes on without the plugin.</exception>
    ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default);
}
