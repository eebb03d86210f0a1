using AltSendme.Core;
using AltSendme.Service.Analytics;
using AltSendme.Service.Api;
using AltSendme.Service.Client.Connection;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.DBus;
using AltSendme.Service.DBus.Api;
using AltSendme.Service.Events;
using AltSendme.Service.Notifications;
using AltSendme.Service.Receives;
using AltSendme.Service.Shares;
using AltSendme.Service.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AltSendme.Service.Hosting;

/// <summary>The whole service: the books of shares and receives, and the socket before them. Made once a process has the place for itself; started once, disposed by whoever made it.</summary>
internal sealed partial class ServiceHost : IAsyncDisposable
{
    private static readonly TimeSpan ShutdownLimit = TimeSpan.FromSeconds(8);

    private readonly ServiceOptions _options;
    private readonly WebApplication _application;
    private SessionBus? _bus;
    private NotificationDesk? _notifications;

    private ServiceHost(ServiceOptions options, WebApplication application)
    {
        _options = options;
        _application = application;
    }

    /// <summary>What the service is made of; for tests.</summary>
    public IServiceProvider Services => _application.Services;

    /// <summary>Builds the service; contacts nobody.</summary>
    /// <param name="options">Where it lives.</param>
    /// <param name="addServices">Adds to it; for tests.</param>
    /// <param name="addRoutes">Adds to it; for tests.</param>
    /// <exception cref="Core.Settings.SettingsException">The settings can't be used.</exception>
    public static ServiceHost Create(ServiceOptions options, Action<IServiceCollection>? addServices = null, Action<WebApplication>? addRoutes = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "altsendme-service" });
        builder.Logging.AddSimpleConsole(static console => console.SingleLine = true);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).SetMinimumLevel(options.Verbose ? LogLevel.Debug : LogLevel.Information);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = ShutdownLimit);
        builder.Services.AddRoutingCore();
        builder.Services.ConfigureHttpJsonOptions(static json => ContractJson.Apply(json.SerializerOptions));
        AddServices(builder.Services, options);
        addServices?.Invoke(builder.Services);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listening.Configure(kestrel, options));
        if (OperatingSystem.IsWindows())
            builder.WebHost.UseNamedPipes();

        var application = builder.Build();
        application.Use(RequestGuard.RunAsync);
        application.MapServiceApi();
        addRoutes?.Invoke(application);
        return new ServiceHost(options, application);
    }

    /// <summary>Listens, then takes up what an earlier run kept.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        var place = _options.Place;
        if (!OperatingSystem.IsWindows() && _options.InheritedSocket is null)
        {
            ServicePlace.MakePrivate(Path.GetDirectoryName(place.Address)!);
            File.Delete(place.Address);
        }

        LoopbackOrigin.RemoveAbandoned(place);

        // Known before the first question can come.
        Services.GetRequiredService<ShareBook>().Revive();
        Services.GetRequiredService<ReceiveBook>().Revive();
        await _application.StartAsync(cancellationToken);
        if (!OperatingSystem.IsWindows() && _options.InheritedSocket is null)
            File.SetUnixFileMode(place.Address, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllTextAsync(place.AddressFile, place.Address, cancellationToken);

        // Whoever comes after this finds no socket, and starts the next service, which waits for this one's end.
        Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(Disappear);
        Services.GetRequiredService<IdleExit>().Start();
        Services.GetRequiredService<TransferCounter>().Start();
        if (_options.SessionBus is not null && Services.GetRequiredService<LiveCore>().Current.Settings.Service.SessionBus)
        {
            _bus = Services.GetRequiredService<SessionBus>();
            Services.GetRequiredService<DesktopSession>().Bus = _bus;
            _bus.Start();
        }

        if (_options.Notifier is not null || Notifiers.Exist(_bus))
        {
            _notifications = ActivatorUtilities.CreateInstance<NotificationDesk>(Services, _options.Notifier ?? (chosen => Notifiers.Make(_bus, chosen)));
            _notifications.Start();
        }

        LogListening(Services.GetRequiredService<ILogger<ServiceHost>>(), Environment.ProcessId);
    }

    /// <summary>Waits for a request to end (SIGTERM, Ctrl-C, idleness, a client's), and ends in good order.</summary>
    public async Task RunToEndAsync()
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);
        await stopping.Task;
        await StopAsync();
    }

    /// <summary>Ends serving; shares and receives go on with the next run.</summary>
    public async Task StopAsync()
    {
        Disappear();
        if (Interlocked.Exchange(ref _notifications, null) is { } notifications)
            await notifications.DisposeAsync();
        if (_bus is not null)
            await _bus.StopAsync();
        await Services.GetRequiredService<LoopbackOrigin>().CloseAsync();
        await Services.GetRequiredService<TransferCounter>().StopAsync();
        await Task.WhenAll(Services.GetRequiredService<ShareBook>().SuspendAsync(), Services.GetRequiredService<ReceiveBook>().SuspendAsync());
        await _application.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
    }

    private static void AddServices(IServiceCollection services, ServiceOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(options.Clock);
        services.AddSingleton<EventRing>();
        services.AddSingleton(provider => new LiveCore(
            CoreServices.Open(options.Files, options.PluginRoots, options.PolicySources, null, provider.GetRequiredService<ILoggerFactory>(), options.Clock, options.Linked), options.Files, provider.GetRequiredService<EventRing>()));
        services.AddSingleton(provider => new ShareBook(
            Path.Combine(options.Place.Folder, "shares"), provider.GetRequiredService<LiveCore>(), provider.GetRequiredService<EventRing>(), provider.GetRequiredService<TicketClipboard>(), options.Clock, provider.GetRequiredService<ILogger<ShareBook>>()));
        services.AddSingleton(provider => new ReceiveBook(
            Path.Combine(options.Place.Folder, "receives"), provider.GetRequiredService<LiveCore>(), provider.GetRequiredService<EventRing>(), options.Clock, provider.GetRequiredService<ILogger<ReceiveBook>>()));
        services.AddSingleton<ShareDesk>();
        services.AddSingleton(new DesktopSession(Environment.GetEnvironmentVariable));
        services.AddSingleton<TicketClipboard>();
        services.AddSingleton<ReceivePreviewer>();
        services.AddSingleton<IdleExit>();
        services.AddSingleton<AltSendmeObject>();
        services.AddSingleton<NotificationActions>();
        services.AddSingleton(provider => new SessionBus(
            options.SessionBus ?? throw new InvalidOperationException("This service is not on a session bus."), provider.GetRequiredService<AltSendmeObject>(), provider.GetRequiredService<ShareBook>(),
            provider.GetRequiredService<ReceiveBook>(), provider.GetRequiredService<EventRing>(), options.Clock, provider.GetRequiredService<ILogger<SessionBus>>()));
        services.AddSingleton<ServiceState>();
        services.AddSingleton<LoopbackOrigin>();
        services.AddSingleton<TransferCounter>();
    }

    [LoggerMessage(7002, LogLevel.Information, "The service listens (process {Process})")]
    private static partial void LogListening(ILogger logger, int process);

    private void Disappear()
    {
        if (_options.InheritedSocket is not null)
            return;
        File.Delete(_options.Place.AddressFile);
        if (!OperatingSystem.IsWindows())
            File.Delete(_options.Place.Address);
    }
}
