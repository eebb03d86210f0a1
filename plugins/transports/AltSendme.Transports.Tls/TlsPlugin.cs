using AltSendme.Abstractions;
using Microsoft.Extensions.Logging;

namespace AltSendme.Transports.Tls;

/// <summary>Entry point of the TLS transport plugin: the fast way in a local network, and the way out where UDP is blocked.</summary>
public sealed class TlsPlugin : IPlugin
{
    /// <inheritdoc/>
    public ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (OperatingSystem.IsMacOS())
            throw new PluginException("tls.platform", "The TLS transport does not work on macOS, where .NET offers no TLS 1.3 to servers. Use another transport.");
        var logger = context.LoggerFactory.CreateLogger<TlsPlugin>();
        return ValueTask.FromResult(new PluginOffer { Transport = endpoint => new TlsTransport(endpoint, context.TimeProvider, logger) });
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
