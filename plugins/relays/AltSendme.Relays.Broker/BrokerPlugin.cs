using AltSendme.Abstractions;
using Microsoft.Extensions.Logging;

namespace AltSendme.Relays.Broker;

/// <summary>Entry point of the plugin for message brokers: any that speaks AMQP 0-9-1 can be the relay.</summary>
public sealed class BrokerPlugin : IPlugin
{
    /// <inheritdoc/>
    public ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var allowPlain = bool.TryParse(context.Configuration["AllowPlain"], out var allowed) && allowed;
        var logger = context.LoggerFactory.CreateLogger<BrokerPlugin>();
        return ValueTask.FromResult(new PluginOffer
        {
            Relay = relay => new BrokerTunnel(relay, allowPlain, context.TimeProvider, logger),
            MeasureRelay = new BrokerProbe(context.TimeProvider).MeasureAsync,
        });
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
