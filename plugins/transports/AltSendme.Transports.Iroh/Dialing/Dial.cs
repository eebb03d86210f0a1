using System.Threading.Channels;
using AltSendme.Abstractions;
using AltSendme.Quic.Driver;
using AltSendme.Quic.Paths;
using AltSendme.Transports.Iroh.Connections;
using AltSendme.Transports.Iroh.Sockets;
using Microsoft.Extensions.Logging;

namespace AltSendme.Transports.Iroh.Dialing;

/// <summary>
/// One dial: every candidate is added to one handshake as it arrives, and the first address at which the peer proves itself is used. An address at which somebody else answers is left out, and the handshake
/// begins again at the others.
/// </summary>
/// <param name="endpoint">Where it starts from.</param>
/// <param name="remote">Who is dialled.</param>
/// <param name="protocol">For what.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Gets every failed attempt.</param>
internal sealed class Dial(IrohEndpoint endpoint, EndpointId remote, Alpn protocol, TimeProvider time, ILogger logger)
{
    private readonly Channel<bool> _more = Channel.CreateUnbounded<bool>();   // something to try, or nothing more to come
    private readonly Lock _gate = new();   // guards all below
    private readonly List<NetworkAddress> _addresses = [];
    private readonly List<Uri> _relays = [];
    private readonly DialFailures _failures = new(remote);
    private QuicConnection? _connection;
    private bool _isComplete;

    /// <summary>Runs it.</summary>
    /// <exception cref="PeerUnreachableException">The candidates ended and none led to the peer.</exception>
    public async Task<IrohConnection> RunAsync(IAsyncEnumerable<Candidate> candidates, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);   // cancelled by the caller, and here when the dial is over
        var taking = TakeAsync(candidates, over.Token);
        try
        {
            while (true)
            {
                await _more.Reader.ReadAsync(over.Token);
                if (await TryConnectAsync(over.Token) is { } connection)
                    return connection;
                lock (_gate)
                {
                    if (_isComplete && _addresses.Count == 0)
                        throw _failures.ToException();
                }
            }
        }
        finally
        {
            await over.CancelAsync();
            await EndAsync(taking);
        }
    }

    // One handshake with all addresses that are known and those that come meanwhile; null when none of them led to the peer.
    private async Task<IrohConnection?> TryConnectAsync(CancellationToken cancellationToken)
    {
        NetworkAddress first;
        lock (_gate)
        {
            if (_addresses.Count == 0)
                return null;
            first = _addresses[0];
        }

        var connection = await endpoint.StartConnectAsync(remote, first, protocol);
        try
        {
            lock (_gate)
            {
                _connection = connection;
                foreach (var address in _addresses)
                {
                    if (address != first)
                        endpoint.AddRemote(connection, remote, address);
                }
            }

            await connection.Established.WaitAsync(cancellationToken);
            var adopted = endpoint.Adopt(connection, isDialled: true);
            lock (_gate)
                adopted.KeepInReserve(_relays);
            return adopted;
        }
        catch (QuicConnectionException exception)
        {
            Leave(connection, exception);
            return null;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private void Leave(QuicConnection connection, QuicConnectionException exception)
    {
        var isAnswered = exception.Reason.Failure is not QuicFailure.TimedOut;
        lock (_gate)
        {
            _connection = null;
            var tried = connection.Path.Remote;
            foreach (var address in isAnswered ? [tried] : _addresses.ToArray())
            {
                var name = endpoint.Describe(new QuicPath(address, null)).Remote;
                logger.AttemptFailed(name, remote.ToShortString(), exception);
                _failures.Add(name, exception);
                _addresses.Remove(address);
            }
        }

        _more.Writer.TryWrite(true);
    }

    private async Task TakeAsync(IAsyncEnumerable<Candidate> candidates, CancellationToken cancellationToken)
    {
        var relays = new List<Task>();
        try
        {
            var known = new HashSet<EndpointAddress>();
            await foreach (var candidate in candidates.WithCancellation(cancellationToken))
            {
                if (known.Count >= TransportLimits.MaxDialledAddresses || !known.Add(candidate.Address))
                    continue;
                if (candidate.Address.TryGetIp(out var endPoint))
                    Add(NetworkAddress.From(endPoint.Address, endPoint.Port));
                else if (candidate.Address.TryGetRelay(out var url))
                    relays.Add(AddRelayAsync(url, candidate.Address, cancellationToken));
            }
        }
        catch (Exception exception)
        {
            // What the source had given before still counts; the caller's cancelling is seen by the dial itself.
            lock (_gate)
                _failures.SourceFailure = exception is OperationCanceledException ? null : exception;
        }

        await Task.WhenAll(relays);
        lock (_gate)
            _isComplete = true;
        _more.Writer.TryWrite(true);
    }

    private async Task AddRelayAsync(Uri url, EndpointAddress name, CancellationToken cancellationToken)
    {
        lock (_gate)
            _relays.Add(url);
        try
        {
            Add(await endpoint.Relays.OpenAsync(url, remote, cancellationToken));
            endpoint.AskPublicAddressIfNone(url);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.AttemptFailed(name, remote.ToShortString(), exception);
            lock (_gate)
                _failures.Add(name, exception);
        }
        catch (OperationCanceledException)
        {
            // The dial is over.
        }
    }

    private void Add(NetworkAddress address)
    {
        lock (_gate)
        {
            if (_addresses.Contains(address))
                return;
            _addresses.Add(address);
            if (_connection is { } connection)
            {
                endpoint.AddRemote(connection, remote, address);
                return;
            }
        }

        _more.Writer.TryWrite(true);
    }

    /// <summary>Waits for a source that has been cancelled. One that does not listen is left to whoever made it: it must not keep the winner waiting.</summary>
    private async Task EndAsync(Task taking)
    {
        try
        {
            await taking.WaitAsync(TransportLimits.SourceEndTime, time);
        }
        catch (TimeoutException)
        {
        }
    }
}
