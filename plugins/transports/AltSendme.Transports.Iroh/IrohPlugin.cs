using AltSendme.Abstractions;
using Microsoft.Extensions.Logging;

namespace AltSendme.Transports.Iroh;

/// <summary>Entry point of the iroh transport plugin: the default way to peers, ours and all that speak iroh.</summary>
public sealed class IrohPlugin : IPlugin
{
    /// <inheritdoc/>
    public ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var logger = context.LoggerFactory.CreateLogger<IrohPlugin>();
        var options = IrohOptions.From(context.Configuration);
        return ValueTask.FromResult(new PluginOffer { Transport = endpoint => new IrohTransport(endpoint, options, context.TimeProvider, logger) });
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
