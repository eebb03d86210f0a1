using AltSendme.Abstractions;
using AltSendme.Discovery.Mdns.Links;
using Microsoft.Extensions.Logging;

namespace AltSendme.Discovery.Mdns;

/// <summary>Entry point of the plugin for the local network: multicast DNS (RFC 6762) with the service that iroh's endpoints announce.</summary>
public sealed class MdnsPlugin : IPlugin
{
    /// <inheritdoc/>
    public ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var options = MdnsOptions.Read(context.Configuration);
        var logger = context.LoggerFactory.CreateLogger<MdnsPlugin>();
        return ValueTask.FromResult(new PluginOffer { Discovery = endpoint => new MdnsDiscovery(endpoint.Identity.Id, options, () => new UdpMulticastLink(options, logger), context.TimeProvider, logger) });
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
