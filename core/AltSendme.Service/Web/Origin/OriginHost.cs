using System.Net;
using System.Text.Encodings.Web;
using AltSendme.Service.Api;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.DBus;
using AltSendme.Service.Events;
using AltSendme.Service.Hosting;
using AltSendme.Service.Receives;
using AltSendme.Service.Shares;
using AltSendme.Service.Web.Folders;
using AltSendme.Service.Web.Preferences;
using AltSendme.Service.Web.Sessions;
using AltSendme.Service.Web.Spools;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AltSendme.Service.Web.Origin;

/// <summary>A listener on 127.0.0.1 with what stands behind it: sessions, pages and routes. Shares the service's books and owns the rest; made and disposed by <see cref="LoopbackOrigin"/>.</summary>
internal sealed class OriginHost : IAsyncDisposable
{
    /// <summary>Bytes of an ordinary request at most; uploads have limits of their own.</summary>
    private const int MaxRequestBytes = Listening.MaxRequestBytes;

    private const int MaxConnections = 96;
    private const int MaxHeaderBytes = 16 << 10;
    private static readonly TimeSpan ShutdownLimit = TimeSpan.FromSeconds(2);

    private readonly WebApplication _application;

    private OriginHost(WebApplication application)
    {
        _application = application;
        Port = new Uri(application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single()).Port;
        Doors = new DoorBook(Address, application.Services.GetRequiredService<ServiceOptions>().Place, application.Services.GetRequiredService<TimeProvider>());
    }

    /// <summary>The port, chosen by the system.</summary>
    public int Port { get; }

    /// <summary>The origin, as browsers write it.</summary>
    public string Address => $"http://{IPAddress.Loopback}:{Port}";

    /// <summary>Windows that wait for a browser.</summary>
    public DoorBook Doors { get; }

    /// <summary>Whether somebody uses it.</summary>
    public OriginUse Use => _application.Services.GetRequiredService<OriginUse>();

    /// <summary>Listens.</summary>
    /// <param name="service">The service's own container.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<OriginHost> StartAsync(IServiceProvider service, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "altsendme-windows" });
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = ShutdownLimit);
        builder.Services.ConfigureHttpJsonOptions(static json =>
        {
            ContractJson.Apply(json.SerializerOptions);
            WebJson.Apply(json.SerializerOptions);

            // Names with markup in them are harmless even where somebody takes the answer for a page.
            json.SerializerOptions.Encoder = JavaScriptEncoder.Default;
        });
        Lend(service, builder.Services);
        builder.Services.AddSingleton<IHostLifetime, LentLifetime>();
        builder.Services.AddSingleton<OriginUse>();
        builder.Services.AddSingleton<SessionBook>();
        builder.Services.AddSingleton<Desk>();
        builder.Services.AddSingleton<SpoolBook>();
        builder.Services.AddSingleton<PreferenceDesk>();
        builder.Services.AddSingleton<NativeDialog>();
        builder.Services.AddSingleton<ReceivedFolder>();
        builder.Services.AddSingleton<OriginHostReference>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Listen);

        var application = builder.Build();
        application.Use(SafeHeaders.AddAsync);
        application.Use(RequestGuard.RunAsync);
        application.Use(OriginGuard.RunAsync);
        application.MapEntrance();
        application.MapSite();
        var api = application.MapGroup("/api/v1");
        api.MapTransfers();
        application.MapGroup(WebRoutes.Path).MapWeb();
        try
        {
            await application.StartAsync(cancellationToken);
            var host = new OriginHost(application);
            application.Services.GetRequiredService<OriginHostReference>().Host = host;
            return host;
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    /// <summary>Forgets what is over.</summary>
    public void Sweep()
    {
        Doors.Sweep();
        _application.Services.GetRequiredService<SpoolBook>().Sweep();
    }

    /// <summary>Ends listening, and removes files that would lead nowhere.</summary>
    public async ValueTask DisposeAsync()
    {
        Doors.Dispose();
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private static void Listen(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        kestrel.Limits.MaxRequestLineSize = MaxHeaderBytes / 2;

        // Streams of events may be silent for hours.
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Listen(IPAddress.Loopback, 0, static listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(static next => connection => ConnectionOwner.CheckAsync(connection, next));
        });
    }

    // Instances, which this container does not dispose.
    private static void Lend(IServiceProvider service, IServiceCollection services)
    {
        services.AddSingleton(service.GetRequiredService<ILoggerFactory>());
        services.AddSingleton(service.GetRequiredService<ServiceOptions>());
        services.AddSingleton(service.GetRequiredService<TimeProvider>());
        services.AddSingleton(service.GetRequiredService<EventRing>());
        services.AddSingleton(service.GetRequiredService<LiveCore>());
        services.AddSingleton(service.GetRequiredService<ShareBook>());
        services.AddSingleton(service.GetRequiredService<ShareDesk>());
        services.AddSingleton(service.GetRequiredService<ReceiveBook>());
        services.AddSingleton(service.GetRequiredService<ReceivePreviewer>());
        services.AddSingleton(service.GetRequiredService<DesktopSession>());
        services.AddSingleton(service.GetRequiredService<IdleExit>());
        services.AddSingleton(service.GetRequiredService<ServiceState>());
    }
}
