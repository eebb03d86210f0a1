using AltSendme.Abstractions;
using Microsoft.Extensions.Logging;

namespace AltSendme.Discovery.Dns;

/// <summary>Entry point of the DNS discovery plugin: finds endpoints by what a DNS server says of their ids.</summary>
public sealed class DnsPlugin : IPlugin
{
    /// <inheritdoc/>
    public ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var options = DnsDiscoveryOptions.Read(context.Configuration);
        var logger = context.LoggerFactory.CreateLogger<DnsPlugin>();
        return ValueTask.FromResult(new PluginOffer { Discovery = _ => new DnsDiscovery(options, context.TimeProvider, logger) });
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
