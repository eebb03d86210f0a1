using AltSendme.Abstractions;
using AltSendme.Core.Plugins;
using AltSendme.Core.Settings;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Connection;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Hosting;
using AltSendme.Service.Notifications;
using AltSendme.TestKit;

namespace AltSendme.Service.Tests;

/// <summary>A user's service in this process: a real socket in a folder of the test's own, and transports over a memory network that several services may share.</summary>
internal sealed class ServiceHarness : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly PluginManifest Manifest = new()
    {
        Id = "test.iroh",
        Kind = PluginKind.Transport,
        Schemes = ["memory"],
        Version = "1.0",
        ContractVersion = ContractVersion.Current,
        Assembly = "none.dll",
        Type = "none",
    };

    private readonly CancellationTokenSource _limit = new(Limit);
    private ServiceHost? _host;

    public ServiceHarness(MemoryNetwork? network = null, TimeProvider? clock = null)
    {
        Network = network ?? new MemoryNetwork();
        Clock = clock ?? TimeProvider.System;
        Files = new SettingsFiles(Path.Combine(Folder.Path, "machine.json"), Path.Combine(Folder.Path, "user.json"), Path.Combine(Folder.Path, "state"));
        Place = ServicePlace.Of(Files.StateFolder, null);
        Client = new ServiceConnection(new ServiceStarter(Place, null, TimeProvider.System));
    }

    public TemporaryFolder Folder { get; } = new();

    public MemoryNetwork Network { get; }

    public TimeProvider Clock { get; }

    public SettingsFiles Files { get; }

    public ServicePlace Place { get; }

    public ServiceConnection Client { get; }

    public ServiceHost Host => _host ?? throw new InvalidOperationException("The service does not run.");

    public string Downloads => Path.Combine(Folder.Path, "in");

    /// <summary>The bus that it is on; none by default.</summary>
    public string? SessionBus { get; init; }

    /// <summary>What shows its notifications; nothing by default.</summary>
    public Func<Action<NotificationActionKind, string>, INotifier>? Notifier { get; init; }

    /// <summary>What the administrator says, as JSON.</summary>
    public string? Policy { get; init; }

    public CancellationToken Token => _limit.Token;

    public ServiceOptions Options => new() { Place = Place, Files = Files, PluginRoots = [], Linked = [new LoadedPlugin(Manifest, Network.Offer)], Clock = Clock, PolicySources = Policy is null ? [] : [new PolicyText(Policy)], SessionBus = SessionBus, Notifier = Notifier, Words = static () => Labels.In("en") };

    public static async Task<ServiceHarness> StartAsync(MemoryNetwork? network = null, TimeProvider? clock = null)
    {
        var harness = new ServiceHarness(network, clock);
        await harness.StartAsync();
        return harness;
    }

    public async Task StartAsync()
    {
        ServicePlace.MakePrivate(Place.Folder);
        _host = ServiceHost.Create(Options);
        await _host.StartAsync(Token);
    }

    public async Task StopAsync()
    {
        await Host.StopAsync();
        await Host.DisposeAsync();
        _host = null;
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public Task<ShareView> ShareAsync(string name, ReadOnlySpan<byte> content, bool broadcast = false) =>
        Client.CreateShareAsync(new ShareOrder { Paths = [Folder.Write(name, content)], Broadcast = broadcast }, Token);

    public Task<ReceiveView> OrderAsync(string ticket, DateTimeOffset? waitUntil = null) =>
        Client.StartReceiveAsync(new ReceiveOrder { Tickets = [ticket], Destination = Downloads, WaitUntil = waitUntil }, Token);

    /// <summary>The receive, once it is as the test wants it.</summary>
    public async Task<ReceiveView> UntilAsync(string id, Func<ReceiveView, bool> isWanted)
    {
        await foreach (var value in Client.EventsAsync(id, cancellationToken: Token))
        {
            var view = value.Receive ?? await Client.ReceiveAsync(id, Token);
            if (isWanted(view))
                return view;
        }

        throw new InvalidOperationException("The service ended.");
    }

    /// <summary>The share, once it is as the test wants it.</summary>
    public async Task<ShareView> UntilShareAsync(string id, Func<ShareView, bool> isWanted)
    {
        await foreach (var value in Client.EventsAsync(id, cancellationToken: Token))
        {
            var view = value.Share ?? await Client.ShareAsync(id, Token);
            if (isWanted(view))
                return view;
        }

        throw new InvalidOperationException("The service ended.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await StopAsync();
        Client.Dispose();
        _limit.Dispose();
        Folder.Dispose();
    }
}
