using System.Globalization;
using System.Net;
using System.Net.Quic;
using AltSendme.Abstractions;
using Microsoft.Extensions.Logging;

namespace AltSendme.Transports.MsQuic;

/// <summary>Entry point of the transport over the platform's own QUIC. A host that knows the manifest's <c>needs</c> does not start it where that is missing.</summary>
public sealed class MsQuicPlugin : IPlugin
{
    /// <inheritdoc/>
    public ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!QuicListener.IsSupported)
            throw new PluginException("msquic.missing", "The MsQuic transport needs libmsquic 2.2 or later, which is not installed. On Linux and macOS install the package libmsquic; Windows has it since Windows 11 and Server 2022.");
        var text = context.Configuration["Port"] ?? "0";
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > IPEndPoint.MaxPort)
            throw new PluginException("msquic.settings", "Plugins:altsendme.msquic:Port must be a number from 0 to 65535; 0 lets the system choose.");
        var logger = context.LoggerFactory.CreateLogger<MsQuicPlugin>();
        return ValueTask.FromResult(new PluginOffer { Transport = endpoint => new MsQuicTransport(endpoint, port, context.TimeProvider, logger) });
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
