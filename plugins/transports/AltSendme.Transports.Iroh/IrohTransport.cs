using System.Net;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AltSendme.Abstractions;
using AltSendme.IpPaths;
using AltSendme.Primitives.Concurrency;
using AltSendme.Transports.Iroh.Connections;
using AltSendme.Transports.Iroh.Dialing;
using AltSendme.Transports.Iroh.Sockets;
using Microsoft.Extensions.Logging;

namespace AltSendme.Transports.Iroh;

/// <summary>QUIC with raw public keys: direct paths, and relayed ones through the host's relays. One UDP port carries all protocols, in both directions.</summary>
internal sealed class IrohTransport(EndpointContext context, IrohOptions settings, TimeProvider time, ILogger logger) : ITransport
{
    private readonly AddressReport _addresses = new(logger.AddressesUnknown);
    private readonly Latest<IReadOnlyList<EndpointAddress>> _reachable = new([]);
    private readonly Channel<IrohConnection> _accepted = Channel.CreateBounded<IrohConnection>(TransportLimits.MaxWaitingConnections);
    private readonly CancellationTokenSource _disposed = new();   // cancelled by DisposeAsync only
    private readonly Lock _gate = new();   // guards the three below
    private readonly List<IrohEndpoint> _endpoints = [];
    private readonly List<Task> _running = [];
    private bool _isListening;

    /// <inheritdoc/>
    public ValueTask<int?> ListenAsync(ListenOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(options.Protocols.Count, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)options.Port, (uint)IPEndPoint.MaxPort, nameof(options));
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
            if (_isListening)
                throw new InvalidOperationException("A transport listens once.");
            var opened = ListeningEndpoints.Open(options, context, settings, time, logger);
            _isListening = true;
            _endpoints.InsertRange(0, opened);
            _addresses.Start([.. opened.SelectMany(static endpoint => Families(endpoint.LocalEndPoint))]);
            foreach (var endpoint in opened)
            {
                endpoint.OwnAddresses = () => _addresses.Current;
                _running.Add(AcceptAsync(endpoint));
            }

            _running.Add(ReportAddressesAsync());
            _running.Add(HoldHomeRelayAsync(opened[0]));
            return ValueTask.FromResult<int?>(opened[0].LocalEndPoint.Port);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<IConnection> AcceptAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var connection in _accepted.Reader.ReadAllAsync(cancellationToken))
            yield return connection;
    }

    /// <inheritdoc/>
    public async ValueTask<IConnection> DialAsync(EndpointId remote, IAsyncEnumerable<Candidate> candidates, Alpn protocol, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);   // the caller, or the end of the transport
        return await new Dial(EndpointForDialling(), remote, protocol, time, logger).RunAsync(candidates, ended.Token);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<IReadOnlyList<EndpointAddress>> WatchAddressesAsync(CancellationToken cancellationToken = default) => _reachable.WatchAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        IrohEndpoint[] endpoints;
        Task[] running;
        lock (_gate)
        {
            if (_disposed.IsCancellationRequested)
                return;
            _disposed.Cancel();
            endpoints = [.. _endpoints];
            running = [.. _running];
        }

        _addresses.Dispose();
        await Task.WhenAll(endpoints.Select(static endpoint => endpoint.DisposeAsync().AsTask()));
        await Task.WhenAll(running);
        _reachable.Complete();
        _accepted.Writer.TryComplete();
        while (_accepted.Reader.TryRead(out var connection))
            await connection.DisposeAsync();
    }

    // A socket of both families is reachable by both.
    private static IEnumerable<IPEndPoint> Families(IPEndPoint local) =>
        local.Address.Equals(IPAddress.IPv6Any) ? [local, new IPEndPoint(IPAddress.Any, local.Port)] : [local];

    private IrohEndpoint EndpointForDialling()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
            if (_endpoints.Count == 0)
                _endpoints.AddRange(ListeningEndpoints.Open(new ListenOptions([]), context, settings, time, logger));
            return _endpoints[0];
        }
    }

    private async Task AcceptAsync(IrohEndpoint endpoint)
    {
        try
        {
            while (true)
            {
                var connection = await endpoint.AcceptAsync(_disposed.Token);
                if (_accepted.Writer.TryWrite(connection))
                    continue;
                logger.TooManyWaiting(connection.RemoteId.ToShortString());
                await connection.CloseAsync(CloseCode.None, "too many connections", _disposed.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The end that the host asked for.
        }
        catch (Exception exception)
        {
            // The endpoint is dead: whoever waits for connections must hear of it.
            _accepted.Writer.TryComplete(exception);
        }
    }

    private async Task ReportAddressesAsync()
    {
        await foreach (var endPoints in _addresses.WatchAsync())
        {
            lock (_gate)
                _reachable.Set([.. endPoints.Select(EndpointAddress.FromIp), .. _reachable.Value.Where(static address => address.Scheme == EndpointAddress.RelayScheme)]);
        }
    }

    // Peers come in by the first preferred relay; the tunnels of earlier choices stay open, as tickets may name them.
    private async Task HoldHomeRelayAsync(IrohEndpoint endpoint)
    {
        try
        {
            await foreach (var preferred in context.Relays.WatchPreferredAsync(_disposed.Token))
            {
                var home = default(Uri);
                foreach (var url in preferred)
                {
                    if (home is null && await TryOpenAsync(endpoint, url))
                        home = url;
                }

                lock (_gate)
                    _reachable.Set([.. _addresses.Current.Select(EndpointAddress.FromIp), .. home is null ? [] : new[] { EndpointAddress.FromRelay(home) }]);
            }
        }
        catch (OperationCanceledException)
        {
            // The transport is disposed.
        }
    }

    private async Task<bool> TryOpenAsync(IrohEndpoint endpoint, Uri url)
    {
        try
        {
            await endpoint.Relays.OpenAsync(url, _disposed.Token);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.RelayFailed(url.Host, exception);
            return false;
        }
    }
}
