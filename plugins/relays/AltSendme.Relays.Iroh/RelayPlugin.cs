using AltSendme.Abstractions;
using Microsoft.Extensions.Logging;

namespace AltSendme.Relays.Iroh;

/// <summary>Entry point of the relay client plugin: tunnels through any relay that speaks iroh's relay protocol.</summary>
public sealed class RelayPlugin : IPlugin
{
    private RelayWeb? _web;

    /// <inheritdoc/>
    public ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var options = RelayClientOptions.Read(context.Configuration);
        var web = _web = new RelayWeb(options);
        var addresses = new AddressProbe(options, context.TimeProvider);
        var probe = new LatencyProbe(web, context.TimeProvider);
        var logger = context.LoggerFactory.CreateLogger<RelayPlugin>();
        return ValueTask.FromResult(new PluginOffer
        {
            Relay = relay => new RelayTunnel(relay, web, context.TimeProvider, logger),
            MeasureRelay = probe.MeasureAsync,
            ObserveAddress = addresses.AskAsync,
        });
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _web?.Dispose();
        return ValueTask.CompletedTask;
    }
}
