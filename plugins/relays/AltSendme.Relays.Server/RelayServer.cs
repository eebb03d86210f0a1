using System.Net;
using System.Net.Security;
using AltSendme.RelayProtocol;
using AltSendme.Relays.Server.Access;
using AltSendme.Relays.Server.AddressDiscovery;
using AltSendme.Relays.Server.Clients;
using AltSendme.Relays.Server.Configuration;
using AltSendme.Relays.Server.Http;
using AltSendme.Relays.Server.Listening;
using AltSendme.Relays.Server.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AltSendme.Relays.Server;

/// <summary>The whole relay: web server, clients, metrics. Made from settings, started once, disposed by whoever made it.</summary>
internal sealed class RelayServer : IAsyncDisposable
{
    private const int MaxHeaderBytes = 16 * 1024;
    private const int MaxBufferedBytes = 128 * 1024;
    private static readonly object IsMetrics = new();

    private readonly WebApplication _application;
    private readonly RelayServerOptions _options;

    private RelayServer(WebApplication application, RelayServerOptions options)
    {
        _application = application;
        _options = options;
    }

    /// <summary>What is counted.</summary>
    public RelayMetrics Metrics => _application.Services.GetRequiredService<RelayMetrics>();

    /// <summary>Where the relay listens, once it is started, as URLs: first the relay, then the metrics where there are any.</summary>
    public IReadOnlyList<Uri> Addresses => [.. _application.Urls.Select(static url => new Uri(url))];

    /// <summary>Where endpoints are told their public address, once the relay is started; null where they are not.</summary>
    public IPEndPoint? AddressDiscovery => _application.Services.GetService<AddressDiscoveryServer>()?.LocalEndPoint;

    /// <exception cref="RelayConfigurationException">The settings can't be used.</exception>
    public static RelayServer Create(IConfiguration configuration, TimeProvider? timeProvider = null)
    {
        var options = RelayConfiguration.Bind(configuration);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddConfiguration(configuration);
        builder.Logging.AddConfiguration(configuration.GetSection("Logging")).AddSimpleConsole(static console => console.SingleLine = true);

        // The framework logs requests at Information, with their query, in which a token may stand.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        AddServices(builder.Services, options, timeProvider ?? TimeProvider.System);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, options));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Restart.Drain + TimeSpan.FromSeconds(5));

        var application = builder.Build();
        var relay = application.Services.GetRequiredService<RelayEndpoint>();
        var metrics = application.Services.GetRequiredService<RelayMetrics>();
        application.Run(context => RouteAsync(context, relay, metrics));
        return new RelayServer(application, options);
    }

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await _application.StartAsync(cancellationToken);
        var logger = _application.Services.GetRequiredService<ILogger<RelayServer>>();
        var addresses = _application.Urls.ToArray();
        RelayServerLog.Listening(logger, addresses[0], _options.Access.Mode.ToString());
        if (addresses.Length > 1)
            RelayServerLog.MetricsListening(logger, addresses[1]);
    }

    /// <summary>Tells the clients, sends what waits, and stops.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => _application.StopAsync(cancellationToken);

    /// <summary>Waits for SIGTERM or Ctrl-C, and stops.</summary>
    public Task WaitForShutdownAsync() => _application.WaitForShutdownAsync();

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static void AddServices(IServiceCollection services, RelayServerOptions options, TimeProvider timeProvider)
    {
        services.AddRouting();
        services.AddSingleton(options);
        services.AddSingleton(timeProvider);
        services.AddSingleton<RelayMetrics>();
        services.AddSingleton<ClientRegistry>();
        services.AddSingleton<RelayEndpoint>();
        services.AddSingleton(_ => new HttpMessageInvoker(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxResponseHeadersLength = 16, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }));
        services.AddSingleton(provider => AccessRules.Create(options.Access, provider.GetRequiredService<HttpMessageInvoker>(), timeProvider, provider.GetRequiredService<ILogger<CallOutRule>>()));
        services.AddSingleton(provider => new SourceLimit(options.Limits.ConnectionsPerAddress, options.Limits.Connections, provider.GetRequiredService<RelayMetrics>()));
        services.AddSingleton(provider => new CertificateFiles(options.Tls, timeProvider, provider.GetRequiredService<ILogger<CertificateFiles>>()));
        services.AddHostedService<ClientWatch>();
        if (options.AddressDiscoveryEndPoint is not null)
        {
            services.AddSingleton<AddressDiscoveryServer>();
            services.AddHostedService(static provider => provider.GetRequiredService<AddressDiscoveryServer>());
        }

        services.AddHostedService(provider => new GracefulRestart(
            provider.GetRequiredService<ClientRegistry>(), options.Restart, provider.GetRequiredService<IHostApplicationLifetime>(), timeProvider, new Random(Environment.ProcessId).NextDouble));
    }

    private static void Listen(KestrelServerOptions kestrel, RelayServerOptions options)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxConcurrentUpgradedConnections = options.Limits.Clients;
        limits.RequestHeadersTimeout = options.Limits.HandshakeTimeout;

        // Also what a connection gets that never says anything.
        limits.KeepAliveTimeout = options.Limits.HandshakeTimeout;
        limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        limits.MaxRequestLineSize = MaxHeaderBytes / 2;
        limits.MaxRequestBodySize = 0;
        limits.MaxRequestBufferSize = MaxBufferedBytes;
        limits.MaxResponseBufferSize = MaxBufferedBytes;

        // The relay has a limit of its own for clients that take nothing, which also knows silence from slowness.
        limits.MinResponseDataRate = null;

        var services = kestrel.ApplicationServices;
        kestrel.Listen(IPEndPoint.Parse(options.Listen), listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(services.GetRequiredService<SourceLimit>().Around);
            if (options.Tls.Certificate is not null)
                listen.UseHttps(Tls(services.GetRequiredService<CertificateFiles>(), options));
        });
        if (options.MetricsListen.Length == 0)
            return;
        kestrel.Listen(IPEndPoint.Parse(options.MetricsListen), listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(static next => connection =>
            {
                connection.Items[IsMetrics] = true;
                return next(connection);
            });
        });
    }

    private static TlsHandshakeCallbackOptions Tls(CertificateFiles certificate, RelayServerOptions options) => new()
    {
        HandshakeTimeout = options.Limits.HandshakeTimeout,
        OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = certificate.Current, ApplicationProtocols = [SslApplicationProtocol.Http11] }),
    };

    private static Task RouteAsync(HttpContext context, RelayEndpoint relay, RelayMetrics metrics)
    {
        var path = context.Request.Path.Value;
        if (context.Features.Get<IConnectionItemsFeature>()?.Items.ContainsKey(IsMetrics) == true)
        {
            if (path != "/metrics")
                return NotFound(context);
            context.Response.ContentType = PrometheusText.ContentType;
            return context.Response.WriteAsync(PrometheusText.Write(metrics), context.RequestAborted);
        }

        if (context.Features.Get<IConnectionItemsFeature>() is { } connection)
            connection.Items[SourceLimit.HasAsked] = true;
        return path switch
        {
            RelayHttp.RelayPath => relay.HandleAsync(context),
            RelayHttp.PingPath => ProbeEndpoints.Ping(context),
            RelayHttp.PortalPath => ProbeEndpoints.Portal(context),
            RelayHttp.HealthPath => ProbeEndpoints.Health(context),
            _ => NotFound(context),
        };
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
