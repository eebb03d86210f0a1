using AltSendme.Abstractions;
using AltSendme.Discovery.Pkarr.Packets;
using AltSendme.Discovery.Pkarr.Publishing;
using AltSendme.Discovery.Pkarr.Resolving;
using AltSendme.Discovery.Pkarr.Web;
using AltSendme.Primitives.Encoding;
using Microsoft.Extensions.Logging;

namespace AltSendme.Discovery.Pkarr;

/// <summary>Entry point of the pkarr plugin: endpoints are announced and found through servers that keep what each endpoint has signed.</summary>
public sealed class PkarrPlugin : IPlugin
{
    private PkarrWeb? _web;

    /// <inheritdoc/>
    public ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var options = PkarrOptions.Read(context.Configuration);
        var web = _web = new PkarrWeb(options);
        var newest = new NewestPackets();
        var logger = context.LoggerFactory.CreateLogger<PkarrPlugin>();
        return ValueTask.FromResult(new PluginOffer { Discovery = endpoint => Make(endpoint, context, options, web, newest, logger) });
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _web?.Dispose();
        return ValueTask.CompletedTask;
    }

    private static PkarrDiscovery Make(EndpointContext endpoint, IPluginContext context, PkarrOptions options, PkarrWeb web, NewestPackets newest, ILogger logger)
    {
        var time = context.TimeProvider;
        PkarrServer[] servers = [.. options.Servers.Select(url => new PkarrServer(url, web, time))];
        var clock = new PacketClock(time, endpoint.IsLasting ? Path.Combine(context.StateFolder, ZBase32.Encode(endpoint.Identity.Id.ToArray())) : null);
        var resolver = new PacketResolver(servers, newest, time, logger);
        return new PkarrDiscovery([.. servers.Select(server => new ServerPublisher(server, endpoint.Identity, clock, time, new Random().NextDouble, logger))], resolver, options);
    }
}
