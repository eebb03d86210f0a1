using System.Net;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AltSendme.Abstractions;
using AltSendme.Primitives.Concurrency;
using AltSendme.Transports.Iroh.Connections;
using AltSendme.Transports.Iroh.Dialing;
using AltSendme.Transports.Iroh.Sockets;
using Microsoft.Extensions.Logging;

namespace AltSendme.Transports.Iroh;

/// <summary>QUIC with raw public keys: direct paths, and relayed ones through the host's relays. One UDP port carries all protocols, in both directions.</summary>
internal sealed class IrohTransport(EndpointContext context, IrohOptions settings, TimeProvider time, ILogger logger) : ITransport
{
    private readonly Latest<IReadOnlyList<EndpointAddress>> _reachable = new([]);
    private readonly Channel<IrohConnection> _accepted = Channel.CreateBounded<IrohConnection>(TransportLimits.MaxWaitingConnections);
    private readonly CancellationTokenSource _disposed = new();   // cancelled by DisposeAsync only
    private readonly Lock _gate = new();   // guards all below
    private readonly List<IrohEndpoint> _endpoints = [];
    private readonly List<Task> _running = [];
    private IReadOnlyList<IrohEndpoint> _listening = [];
    private Uri? _homeRelay;

    /// <inheritdoc/>
    public ValueTask<int?> ListenAsync(ListenOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(options.Protocols.Count, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)options.Port, (uint)IPEndPoint.MaxPort, nameof(options));
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
            if (_listening.Count > 0)
                throw new InvalidOperationException("A transport listens once.");
            var opened = ListeningEndpoints.Open(options, context, settings, time, logger);
            _endpoints.InsertRange(0, opened);
            _listening = opened;
            ReportAddresses();
            foreach (var endpoint in opened)
            {
                endpoint.PublicAddressChanged = Report;
                _running.Add(AcceptAsync(endpoint));
                _running.Add(WatchAddressesAsync(endpoint));
            }

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

        await Task.WhenAll(endpoints.Select(static endpoint => endpoint.DisposeAsync().AsTask()));
        await Task.WhenAll(running);
        _reachable.Complete();
        _accepted.Writer.TryComplete();
        while (_accepted.Reader.TryRead(out var connection))
            await connection.DisposeAsync();
    }

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

    private async Task WatchAddressesAsync(IrohEndpoint endpoint)
    {
        await foreach (var _ in endpoint.Addresses.WatchAsync())
            Report();
    }

    private void Report()
    {
        lock (_gate)
            ReportAddresses();
    }

    private void ReportAddresses() => _reachable.Set(
    [
        .. _listening.SelectMany(static endpoint => endpoint.Reachable).Distinct().Select(EndpointAddress.FromIp),
        .. _homeRelay is null ? [] : new[] { EndpointAddress.FromRelay(_homeRelay) },
    ]);

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
                {
                    _homeRelay = home;
                    ReportAddresses();
                }

                foreach (var listening in _listening)
                    listening.AskPublicAddress(home);
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
            var tunnel = await endpoint.Relays.OpenAsync(url, _disposed.Token);
            await tunnel.WaitConnectedAsync(_disposed.Token);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.RelayFailed(url.Host, exception);
            return false;
        }
    }
}
