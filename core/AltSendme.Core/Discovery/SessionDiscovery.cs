using AltSendme.Abstractions;
using AltSendme.Core.Plugins;
using AltSendme.Core.Relays;
using AltSendme.Core.Settings;
using Microsoft.Extensions.Logging;

namespace AltSendme.Core.Discovery;

/// <summary>
/// The discovery services of one endpoint session. None is started, loaded or told anything before somebody asks for an endpoint, or has this one announced. The session owns it.
/// </summary>
internal sealed class SessionDiscovery(IEndpointIdentity identity, bool isLasting, CoreServices services) : IAsyncDisposable
{
    private readonly ILogger _logger = services.LoggerFactory.CreateLogger<SessionDiscovery>();
    private readonly CancellationTokenSource _over = new();   // cancelled by DisposeAsync only
    private readonly SemaphoreSlim _gate = new(1);   // held while the services are made
    private readonly Lock _lookupGate = new();   // guards the lookups
    private readonly Dictionary<EndpointId, Lookup> _lookups = [];
    private IReadOnlyList<DiscoveryService>? _services;
    private Announcement? _announcement;
    private Task _following = Task.CompletedTask;

    private DiscoverySettings Settings => services.Settings.Discovery;

    /// <summary>Whether there is a service that could find somebody.</summary>
    public bool CanFind { get; } = DiscoveryChoice.Of(services).Count > 0;

    /// <summary>Whether strangers could find this side: whether a service beyond the local network would be given any of its addresses.</summary>
    public bool CanAnnounce(IReadOnlyList<EndpointAddress> addresses) =>
        Settings.Publish != PublishRule.Never && DiscoveryChoice.Of(services).Any(manifest => !manifest.IsLocalNetwork && DiscoveryChoice.Publishable(manifest, Settings, addresses).Count > 0);

    /// <summary>Looks for an endpoint: what is known already, the search that is under way, or a new one.</summary>
    public Lookup Find(EndpointId id)
    {
        lock (_lookupGate)
        {
            if (_lookups.TryGetValue(id, out var running) && !running.Completion.IsCompleted)
                return running;
            var known = services.Discovered.Find(id);
            return _lookups[id] = known.Count > 0 ? Lookup.Known(id, known) : Lookup.Start(id, StartAsync, lookup => services.Discovered.Keep(lookup.Id, lookup.Found), _over.Token);
        }
    }

    /// <summary>Announces this side by every service that may, until it is withdrawn or disposed, and follows its addresses. Gives how it went with each, as far as that is known within a few seconds.</summary>
    public async Task<IReadOnlyList<AnnouncementOutcome>> AnnounceAsync(Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<EndpointAddress>>> addresses, CancellationToken cancellationToken)
    {
        _announcement = new Announcement(await StartAsync(cancellationToken), addresses, services.TimeProvider);
        return await _announcement.FirstOutcomesAsync(cancellationToken);
    }

    /// <summary>What was found led nowhere; the next search asks again.</summary>
    public void Forget(EndpointId id) => services.Discovered.Forget(id);

    /// <summary>Takes back what was announced, for as long as the session lasts.</summary>
    public async Task WithdrawAsync(CancellationToken cancellationToken)
    {
        if (_announcement is null)
            return;
        await _announcement.DisposeAsync();
        _announcement = null;
        await Task.WhenAll((await StartAsync(cancellationToken)).Select(service => service.PublishAsync([], cancellationToken)));
    }

    /// <summary>Ends the searches, takes back what was announced and ends the services.</summary>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        if (_announcement is not null)
            await _announcement.DisposeAsync();
        Lookup[] lookups;
        lock (_lookupGate)
            lookups = [.. _lookups.Values];
        await Task.WhenAll(lookups.Select(static lookup => lookup.Completion));
        await _gate.WaitAsync();
        await _following;
        await Task.WhenAll((_services ?? []).Select(static service => service.DisposeAsync().AsTask()));
        _over.Dispose();
        _gate.Dispose();
    }

    private async Task<IReadOnlyList<DiscoveryService>> StartAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_services is null)
            {
                _services = await MakeAsync(cancellationToken);
                _following = FollowPolicyAsync(_services);
            }

            return _services;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<IReadOnlyList<DiscoveryService>> MakeAsync(CancellationToken cancellationToken)
    {
        var made = new List<DiscoveryService>();
        foreach (var plugin in await services.Plugins.StartAsync(PluginKind.Discovery, manifest => DiscoveryChoice.IsUsed(manifest, Settings) && services.Policy.JudgeDiscovery(manifest.Id).IsAllowed, cancellationToken))
        {
            try
            {
                var discovery = plugin.Offer.Discovery!(new EndpointContext(identity, NoRelayAccess.Instance) { IsLasting = isLasting });
                made.Add(new DiscoveryService(plugin.Manifest, discovery, Settings, services.TimeProvider, _logger));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                _logger.LeftOut(plugin.Manifest.Id, PluginLoader.Reason(exception));
            }
        }

        return made;
    }

    /// <summary>Ends services that a change of policy forbids, which withdraws what they announced. The session goes on without them.</summary>
    private async Task FollowPolicyAsync(IReadOnlyList<DiscoveryService> made)
    {
        try
        {
            while (true)
            {
                var changed = services.Policy.Changed;
                foreach (var service in made.Where(service => !services.Policy.JudgeDiscovery(service.Id).IsAllowed))
                    await service.DisposeAsync();
                await changed.WaitAsync(_over.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The session ends, and all services with it.
        }
    }
}
