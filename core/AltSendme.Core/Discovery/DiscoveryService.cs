using AltSendme.Abstractions;
using AltSendme.Core.Plugins;
using AltSendme.Core.Settings;
using Microsoft.Extensions.Logging;

namespace AltSendme.Core.Discovery;

/// <summary>One discovery of a session, kept at arm's length: what it gives is bounded in number and time, and what it throws is a reason.</summary>
internal sealed class DiscoveryService(PluginManifest manifest, IDiscovery discovery, DiscoverySettings settings, TimeProvider timeProvider, ILogger logger) : IAsyncDisposable
{
    /// <summary>Addresses that are taken from one service at most for one endpoint; what follows is not looked at.</summary>
    public const int MaxCandidates = 32;

    /// <summary>Of these, relays: each may mean a connection to a server that a stranger named.</summary>
    public const int MaxRelays = 4;

    /// <summary>How long one service may take to say where somebody is.</summary>
    public static readonly TimeSpan ResolveLimit = TimeSpan.FromSeconds(8);

    /// <summary>How long one announcement may be on its way before it counts as failed.</summary>
    public static readonly TimeSpan PublishLimit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan DisposeLimit = TimeSpan.FromSeconds(3);
    private const string Ended = "has been ended";

    private int _isEnded;

    /// <summary>Id of its plugin.</summary>
    public string Id => manifest.Id;

    /// <summary>What people call it.</summary>
    public string Name { get; } = DiscoveryChoice.NameOf(manifest);

    /// <summary>Whether only neighbours hear of it.</summary>
    public bool IsLocalNetwork => manifest.IsLocalNetwork;

    /// <inheritdoc cref="DiscoveryChoice.Publishable"/>
    public IReadOnlyList<EndpointAddress> Publishable(IReadOnlyList<EndpointAddress> addresses) => DiscoveryChoice.Publishable(manifest, settings, addresses);

    /// <summary>Asks for an endpoint and hands on what comes. Gives what went wrong, or <see langword="null"/>; throws only when cancelled.</summary>
    public async Task<string?> ResolveAsync(EndpointId id, Action<Candidate> onFound, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _isEnded) != 0)
            return Ended;

        // Cancelled by the caller, or when the service takes too long.
        using var limit = new CancellationTokenSource(ResolveLimit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var peer = id.ToShortString();
        var found = 0;
        string? reason;
        try
        {
            // On the thread pool, so that a service that blocks holds up nobody; given up when it does not listen to its cancelling.
            found = await Task.Run(() => TakeAsync(id, onFound, either.Token), either.Token).WaitAsync(either.Token);
            reason = found == 0 ? "knows nothing" : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            reason = $"gave no answer within {ResolveLimit.TotalSeconds:0} seconds";
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            reason = PluginLoader.Reason(exception);
        }

        if (reason is null)
            logger.Resolved(Name, found, peer);
        else
            logger.ResolveFailed(Name, peer, reason);
        return reason;
    }

    /// <summary>Announces this side. Gives what went wrong, or <see langword="null"/>; throws only when cancelled.</summary>
    public async Task<string?> PublishAsync(IReadOnlyList<EndpointAddress> addresses, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _isEnded) != 0)
            return Ended;
        try
        {
            await Task.Run(() => discovery.PublishAsync(addresses, cancellationToken).AsTask(), cancellationToken).WaitAsync(PublishLimit, timeProvider, cancellationToken);
            logger.Announced(Name, addresses.Count);
            return null;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var reason = exception is TimeoutException ? $"gave no answer within {PublishLimit.TotalSeconds:0} seconds" : PluginLoader.Reason(exception);
            logger.AnnounceFailed(Name, reason);
            return reason;
        }
    }

    /// <summary>Ends it, which withdraws what it announced; one that hangs is given up. Disposing twice does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isEnded, 1) != 0)
            return;
        try
        {
            await Task.Run(() => discovery.DisposeAsync().AsTask()).WaitAsync(DisposeLimit, timeProvider);
        }
        catch (Exception exception)
        {
            // A plugin's last words change nothing any more.
            logger.EndFailed(Name, exception);
        }
    }

    private async Task<int> TakeAsync(EndpointId id, Action<Candidate> onFound, CancellationToken cancellationToken)
    {
        var seen = 0;
        var taken = 0;
        var relays = 0;
        await foreach (var candidate in discovery.ResolveAsync(id, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var isUseful = candidate.Address.TryGetIp(out var endPoint) ? !LocalNetwork.IsNobody(endPoint.Address) : candidate.Address.Scheme != EndpointAddress.RelayScheme || ++relays <= MaxRelays;
            if (isUseful)
            {
                onFound(candidate with { Source = new CandidateSource(Name) });
                taken++;
            }

            if (++seen == MaxCandidates)
                break;
        }

        return taken;
    }
}
