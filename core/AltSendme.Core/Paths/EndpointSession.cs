using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AltSendme.Abstractions;
using AltSendme.Core.Discovery;
using AltSendme.Core.Errors;
using AltSendme.Core.Plugins;
using AltSendme.Core.Policy;
using AltSendme.Core.Progress;
using AltSendme.Core.Relays;
using AltSendme.Core.Settings;

namespace AltSendme.Core.Paths;

/// <summary>
/// One identity on the network: the transports of all usable plugins behind one face. They share a port number, so that one address serves them all.
/// Whoever opens it disposes it; connections that it gave out are to be disposed before.
/// </summary>
internal sealed class EndpointSession : IAsyncDisposable
{
    private const int MaxWaitingConnections = 64;
    private static readonly TimeSpan DisposeLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RelayLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan DialLimit = TimeSpan.FromSeconds(30);

    private readonly List<(bool MayHaveRelay, ITransport Transport)> _transports;
    private readonly IReadOnlyList<string> _transportIds;
    private readonly RelayPool _relays;
    private readonly SessionDiscovery _discovery;
    private readonly CoreServices _services;
    private readonly PluginLease _lease;
    private readonly bool _needsRelay;
    private readonly ConcurrentDictionary<IConnection, bool> _live = new();   // connections until they have ended

    private EndpointSession(IEndpointIdentity identity, List<(bool MayHaveRelay, ITransport Transport)> transports, IReadOnlyList<string> transportIds, RelayPool relays, SessionDiscovery discovery, CoreServices services, PluginLease lease, bool needsRelay)
    {
        Identity = identity;
        _transports = transports;
        _transportIds = transportIds;
        _relays = relays;
        _discovery = discovery;
        _services = services;
        _lease = lease;
        _needsRelay = needsRelay;
    }

    /// <summary>Who this side is.</summary>
    public IEndpointIdentity Identity { get; }

    /// <summary>What is wrong with the relays that were wanted; <see langword="null"/> for nothing that is known.</summary>
    public string? RelayTrouble => _relays.Trouble;

    /// <summary>Makes a transport of every transport plugin that policy allows, the preferred one first. Nothing touches the network yet.</summary>
    /// <param name="identity">Who this side is.</param>
    /// <param name="services">Settings, plugins and policy.</param>
    /// <param name="use">What the session is for.</param>
    /// <param name="progress">Told of relays that can't be used.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PluginException"><c>plugin.no-transport</c>: there is none, or none works; the message says why.</exception>
    /// <exception cref="PolicyException">Policy allows no transport, or not the relays that the user asks for, or can't be used.</exception>
    public static async Task<EndpointSession> OpenAsync(IEndpointIdentity identity, CoreServices services, RelayUse use, IProgress<TransferEvent> progress, CancellationToken cancellationToken)
    {
        services.Policy.JudgeTransfers().ThrowIfDenied();
        var lease = services.Plugins.Lease();
        try
        {
            return await OpenAsync(identity, services, lease, use, progress, cancellationToken);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    private static async Task<EndpointSession> OpenAsync(IEndpointIdentity identity, CoreServices services, PluginLease lease, RelayUse use, IProgress<TransferEvent> progress, CancellationToken cancellationToken)
    {
        var settings = PolicyRelays.Apply(services.Settings.Relays, services.Policy, use);
        var relays = new RelayPool(identity, services.Plugins, settings, services.Policy, use, services.TimeProvider, progress);
        var isLasting = use == RelayUse.Sending && services.Settings.Send.PersistentIdentity;
        var transports = new List<(bool, ITransport)>();
        var ids = new List<string>();
        string? reason = null;
        PolicyException? refusal = null;
        foreach (var plugin in TransportOrder.Sort(await services.Plugins.StartAsync(PluginKind.Transport, cancellationToken), [.. services.Settings.Connect.Prefer]))
        {
            var verdict = services.Policy.JudgeTransport(plugin.Manifest.Id);
            if (!verdict.IsAllowed)
            {
                refusal ??= verdict.ToException();
                continue;
            }

            try
            {
                var context = new EndpointContext(identity, relays.For(plugin.Manifest))
                {
                    MayUse = address => Judge(address, relays, services.Policy).IsAllowed,
                    MayUseAll = () => services.Policy.AllowsEveryAddress,
                    IsLasting = isLasting,
                };
                transports.Add((settings.Mode != RelayMode.Disabled && plugin.Manifest.Schemes.Contains(EndpointAddress.RelayScheme), plugin.Offer.Transport!(context)));
                ids.Add(plugin.Manifest.Id);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                reason = $"The plugin {plugin.Manifest.Id} could not make a transport: {PluginLoader.Reason(exception)}.";
            }
        }

        if (transports.Count > 0)
            return new EndpointSession(identity, transports, ids, relays, new SessionDiscovery(identity, isLasting, services), services, lease, settings is { Mode: RelayMode.Custom, WhenUnreachable: RelayFallback.Stop });
        if (reason is null && refusal is not null)
            throw refusal;
        reason ??= services.Plugins.Faults.Count > 0 ? services.Plugins.Faults[0].Message : services.Plugins.Folders.FirstOrDefault(static folder => !folder.IsUsable) is { } skipped ? $"{skipped.Name}: {skipped.SkippedBecause}." : "No plugin folder was found.";
        throw new PluginException(ErrorCodes.NoTransport, $"No transport plugin can be used, so no peer can be reached. {reason} Run 'altsendme doctor' for details.");
    }

    /// <summary>What policy says now to what the session uses: its transports, the connections that there are, and the relays that are open.</summary>
    public PolicyVerdict Judge()
    {
        foreach (var id in _transportIds)
        {
            if (_services.Policy.JudgeTransport(id) is { IsAllowed: false } denied)
                return denied;
        }

        foreach (var connection in _live.Keys)
        {
            if (Judge(connection.Path.Remote) is { IsAllowed: false } denied)
                return denied;
        }

        return _relays.JudgeOpen();
    }

    /// <summary>What policy says to an address, whoever named it.</summary>
    public PolicyVerdict Judge(EndpointAddress address) => Judge(address, _relays, _services.Policy);

    /// <summary>Starts to listen on every transport. One that can't is left out while another can.</summary>
    /// <param name="options">The port to use, 0 for any; what the first transport gets, the others take.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TransportException">No transport can listen; the first one's reason.</exception>
    /// <returns>The port; 0 when no transport has ports.</returns>
    public async Task<int> ListenAsync(ListenOptions options, CancellationToken cancellationToken)
    {
        TransportException? failure = null;
        var listening = 0;
        foreach (var (_, transport) in _transports)
        {
            try
            {
                var port = await transport.ListenAsync(options, cancellationToken);
                options = options with { Port = port ?? options.Port };
                listening++;
            }
            catch (TransportException exception)
            {
                failure ??= exception;
            }
        }

        if (listening == 0 && failure is not null)
            throw failure;
        return options.Port;
    }

    /// <summary>Connections as they arrive on any transport, until the enumeration is cancelled.</summary>
    public async IAsyncEnumerable<IConnection> AcceptAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Cancelled by the caller, or by us when the enumeration is left early.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var arrivals = Channel.CreateBounded<IConnection>(MaxWaitingConnections);
        var pumps = Task.WhenAll(_transports.Select(entry => PumpAsync(entry.Transport, arrivals.Writer, ended.Token)));
        var completion = pumps.ContinueWith(task => arrivals.Writer.TryComplete(task.Exception?.GetBaseException()), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            await foreach (var connection in arrivals.Reader.ReadAllAsync(cancellationToken))
                yield return connection;
        }
        finally
        {
            await ended.CancelAsync();
            await completion;
            while (arrivals.Reader.TryRead(out var late))
                await late.DisposeAsync();
        }
    }

    /// <summary>Where this endpoint can be reached, as its transports know and policy allows, without repeats.</summary>
    /// <param name="waitForRelay">Whether to wait a few seconds for a relay, where one may come.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PluginException"><c>plugin.no-relay</c>: the user's own relays were not reached, and the settings say to stop then.</exception>
    public async Task<IReadOnlyList<EndpointAddress>> AddressesAsync(bool waitForRelay, CancellationToken cancellationToken)
    {
        var lists = await Task.WhenAll(_transports.Select(entry => AddressesAsync(entry.Transport, (waitForRelay || _needsRelay) && entry.MayHaveRelay, cancellationToken)));
        EndpointAddress[] addresses = [.. lists.SelectMany(static list => list).Distinct().Where(address => Judge(address).IsAllowed)];
        if (_needsRelay && !addresses.Any(static address => address.Scheme == EndpointAddress.RelayScheme))
            throw new PluginException("plugin.no-relay", $"None of your relays can be used{(RelayTrouble is { } trouble ? $": {trouble}" : "")}, and the setting Relays:WhenUnreachable says to stop then. Try again later, use another relay, or set it to direct or public.");
        return addresses;
    }

    /// <summary>Whether there is a service that could find a peer by its id.</summary>
    public bool CanFind => _discovery.CanFind;

    /// <summary>Whether strangers could find this side by its id, if it was announced with these addresses.</summary>
    public bool CanAnnounce(IReadOnlyList<EndpointAddress> addresses) => _discovery.CanAnnounce(addresses);

    /// <summary>Announces this side by every discovery service that may, and follows its addresses until the end of the session; says how it went so far.</summary>
    public Task<IReadOnlyList<AnnouncementOutcome>> AnnounceAsync(CancellationToken cancellationToken) => _discovery.AnnounceAsync(AllowedAddressesAsync, cancellationToken);

    /// <summary>Takes the announcement back.</summary>
    public Task WithdrawAsync(CancellationToken cancellationToken) => _discovery.WithdrawAsync(cancellationToken);

    /// <summary>
    /// Connects to a peer: <see cref="PathRace"/> over all transports, for half a minute at most. Discovery services are asked at once where no way is known; where one is, they are asked when it has not led there after
    /// a head start, so that a ticket that works tells them nothing.
    /// </summary>
    /// <param name="remote">Whom to reach.</param>
    /// <param name="known">The ways that are known.</param>
    /// <param name="protocol">What to speak.</param>
    /// <param name="onFound">Told each way that a discovery service names.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PeerUnreachableException">No transport reached the peer.</exception>
    /// <exception cref="PolicyException">Policy allows none of the addresses.</exception>
    public async Task<IConnection> DialAsync(EndpointId remote, IReadOnlyList<Candidate> known, Alpn protocol, Action<Candidate>? onFound, CancellationToken cancellationToken)
    {
        var search = _discovery.CanFind ? new PeerSearch(_discovery, remote, known, onFound, _services.TimeProvider) : null;
        using var limit = new CancellationTokenSource(DialLimit, _services.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return Paced(await PathRace.DialAsync(_transports.ConvertAll(static entry => entry.Transport), remote, search?.CandidatesAsync(either.Token) ?? known.ToAsyncEnumerable(), protocol, Judge, _services.TimeProvider, either.Token));
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            var failure = new PeerUnreachableException(ErrorCodes.PeerUnreachable, $"The peer {remote.ToShortString()} did not answer within {DialLimit.TotalSeconds:0} seconds.{(RelayTrouble is { } trouble ? $" {trouble}." : "")}", exception);
            throw search?.Explain(failure) ?? failure;
        }
        catch (PeerUnreachableException exception) when (search is not null)
        {
            throw search.Explain(exception);
        }
    }

    /// <summary>Ends discovery, the transports, then the relays; what hangs is given up after a few seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        await _discovery.DisposeAsync();
        foreach (var (_, transport) in _transports)
        {
            try
            {
                await transport.DisposeAsync().AsTask().WaitAsync(DisposeLimit, _services.TimeProvider);
            }
            catch (Exception exception) when (exception is TimeoutException or AltSendmeException or IOException or InvalidOperationException)
            {
                // The session is over; a transport's fault on the way out changes nothing for the user.
            }
        }

        await _relays.DisposeAsync();
        _lease.Dispose();
    }

    private async Task<IReadOnlyList<EndpointAddress>> AddressesAsync(ITransport transport, bool waitForRelay, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(RelayLimit, _services.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        IReadOnlyList<EndpointAddress> addresses = [];
        try
        {
            await foreach (var list in transport.WatchAddressesAsync(either.Token))
            {
                addresses = list;
                if (!waitForRelay || list.Any(static address => address.Scheme == EndpointAddress.RelayScheme))
                    break;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // No relay came in time; what there is has to do.
        }

        return addresses;
    }

    private async IAsyncEnumerable<IReadOnlyList<EndpointAddress>> AllowedAddressesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var addresses in new AddressUnion([.. _transports.Select(static entry => entry.Transport)]).WatchAsync(cancellationToken))
            yield return [.. addresses.Where(address => Judge(address).IsAllowed)];
    }

    private PacedConnection Paced(IConnection connection)
    {
        _live.TryAdd(connection, true);
        connection.Closed.ContinueWith(_ => _live.TryRemove(connection, out bool _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return new PacedConnection(connection, _services.SendRate, _services.ReceiveRate);
    }

    private static PolicyVerdict Judge(EndpointAddress address, RelayPool relays, PolicyDecisionPoint policy) => address.TryGetRelay(out var relay) ? relays.Judge(relay) : policy.JudgeAddress(address);

    private async Task PumpAsync(ITransport transport, ChannelWriter<IConnection> arrivals, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var connection in transport.AcceptAsync(cancellationToken))
            {
                if (Judge(connection.Path.Remote).IsAllowed)
                    await arrivals.WriteAsync(Paced(connection), cancellationToken);
                else
                    await connection.DisposeAsync();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The end that the caller asked for.
        }
    }
}
