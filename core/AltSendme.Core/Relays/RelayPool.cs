using AltSendme.Abstractions;
using AltSendme.Core.Plugins;
using AltSendme.Core.Policy;
using AltSendme.Core.Progress;
using AltSendme.Core.Settings;

namespace AltSendme.Core.Relays;

/// <summary>
/// The relays of one identity: opens each relay once, however many transports use it, through the plugin that serves its URL's scheme; and knows which relays to be reachable through. Does nothing until a
/// transport asks. Whoever makes it disposes it, after the transports.
/// </summary>
internal sealed class RelayPool(IEndpointIdentity identity, PluginHost plugins, RelaySettings settings, PolicyDecisionPoint policy, RelayUse use, TimeProvider timeProvider, IProgress<TransferEvent>? progress = null) : IRelayAccess, IAsyncDisposable
{
    /// <summary>Tunnels at one time. Tickets and discovery name relays too, so that the number is not ours alone.</summary>
    public const int MaxTunnels = 16;

    private static readonly TimeSpan DisposeLimit = TimeSpan.FromSeconds(5);

    // Held while a tunnel is made or given back; one caller at a time starts a plugin.
    private readonly SemaphoreSlim _gate = new(1);
    // Changed under the gate; its own lock is for those who look without waiting.
    private readonly Dictionary<(string Scheme, string Host, int Port), SharedTunnel> _tunnels = [];
    private readonly RelayWatches _watches = new(identity.Id, progress);
    private HomeRelay? _home;

    /// <summary>What is wrong with the relays that were wanted and can't be used now; <see langword="null"/> for nothing that is known.</summary>
    public string? Trouble => _watches.Trouble;

    /// <summary>What a transport gets: the relays, if its manifest says that it serves their addresses; otherwise none. So a program without such a transport never contacts a relay.</summary>
    public IRelayAccess For(PluginManifest transport) => transport.Schemes.Contains(EndpointAddress.RelayScheme) ? this : NoRelayAccess.Instance;

    /// <summary>What policy says to a relay, whoever named it.</summary>
    public PolicyVerdict Judge(Uri url) => policy.JudgeRelay(url, use, RelayList.TokenFor(settings, url) is not null);

    /// <summary>What policy says now to the relays that are in use.</summary>
    public PolicyVerdict JudgeOpen()
    {
        SharedTunnel[] open;
        lock (_tunnels)
            open = [.. _tunnels.Values];
        return open.Select(tunnel => Judge(tunnel.Relay.Url)).FirstOrDefault(static verdict => !verdict.IsAllowed);
    }

    public async ValueTask<IRelay> OpenAsync(Uri url, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(url);
        Judge(url).ThrowIfDenied();
        if (settings.Mode == RelayMode.Disabled)
            throw new PolicyException("relay.disabled", $"{url.Host} was not contacted: relays are switched off by --relay disabled or the setting Relays:Mode.");

        await _gate.WaitAsync(cancellationToken);
        try
        {
            var key = RelayList.Key(url);
            if (!_tunnels.TryGetValue(key, out var tunnel))
            {
                if (_tunnels.Count >= MaxTunnels)
                    throw new PluginException("plugin.no-relay", $"{url.Host} was not contacted: {MaxTunnels} relays are in use already.");
                var plugin = await PluginAsync(url, cancellationToken);
                tunnel = new SharedTunnel(plugin.Offer.Relay!(new RelayContext(identity, url) { AccessToken = RelayList.TokenFor(settings, url) }));
                lock (_tunnels)
                    _tunnels[key] = tunnel;
                _watches.Add(tunnel.Relay);
            }

            return tunnel.Lease(ReturnAsync);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<Uri>> WatchPreferredAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var relays = RelayList.Of(settings);
        if (relays.Count == 0)
        {
            yield return [];
            yield break;
        }

        await foreach (var preferred in (await HomeAsync(relays, cancellationToken)).WatchAsync(cancellationToken))
            yield return preferred;
    }

    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (_home is not null)
                await _home.DisposeAsync();
            await Task.WhenAll(_tunnels.Values.Select(EndAsync));
            lock (_tunnels)
                _tunnels.Clear();
            await _watches.DisposeAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<LoadedPlugin> PluginAsync(Uri url, CancellationToken cancellationToken) =>
        (await plugins.StartAsync(PluginKind.Relay, cancellationToken)).FirstOrDefault(plugin => plugin.Manifest.Schemes.Contains(url.Scheme))
        ?? throw new PluginException("plugin.no-relay", $"No relay plugin serves {url}. Install one, or use a ticket with addresses.");

    private async Task<HomeRelay> HomeAsync(IReadOnlyList<Uri> relays, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_home is not null)
                return _home;
            var others = RelayList.Others(settings).Where(other => Judge(other).IsAllowed).ToArray();
            return _home = new HomeRelay(relays, await MeasureAsync([.. relays, .. others], cancellationToken), timeProvider, others, () => TellOfOthers(relays));
        }
        finally
        {
            _gate.Release();
        }
    }

    private void TellOfOthers(IReadOnlyList<Uri> relays) => progress?.Report(new RelayTrouble(relays[0],
        $"{(relays.Count == 1 ? $"{relays[0].Host} does not answer" : "None of your relays answers")}. The public relays are used until {(relays.Count == 1 ? "it" : "one")} does, as the setting Relays:WhenUnreachable says"));

    /// <summary>Each relay is measured by the plugin that serves its scheme; <see langword="null"/> where none of these can measure.</summary>
    private async Task<Func<Uri, CancellationToken, ValueTask<RelayReport>>?> MeasureAsync(IReadOnlyList<Uri> relays, CancellationToken cancellationToken)
    {
        var measures = new Dictionary<string, Func<Uri, CancellationToken, ValueTask<RelayReport>>>(StringComparer.Ordinal);
        foreach (var relay in relays.DistinctBy(static relay => relay.Scheme))
        {
            if ((await PluginAsync(relay, cancellationToken)).Offer.MeasureRelay is { } measure)
                measures[relay.Scheme] = measure;
        }

        return measures.Count == 0 ? null : (relay, token) => measures.TryGetValue(relay.Scheme, out var measure) ? measure(relay, token) : ValueTask.FromResult(new RelayReport(null));
    }

    private async ValueTask ReturnAsync(SharedTunnel tunnel)
    {
        await _gate.WaitAsync();
        try
        {
            if (!tunnel.Return() || !Remove(tunnel))
                return;
        }
        finally
        {
            _gate.Release();
        }

        await EndAsync(tunnel);
    }

    private bool Remove(SharedTunnel tunnel)
    {
        lock (_tunnels)
            return _tunnels.Remove(RelayList.Key(tunnel.Relay.Url));
    }

    private async Task EndAsync(SharedTunnel tunnel)
    {
        try
        {
            await tunnel.Relay.DisposeAsync().AsTask().WaitAsync(DisposeLimit, timeProvider);
        }
        catch (Exception exception) when (exception is TimeoutException or AltSendmeException or IOException or InvalidOperationException)
        {
            // The tunnel is over either way.
        }
    }
}
