using System.Net;
using System.Net.Sockets;
using AltSendme.Abstractions;
using AltSendme.DirectConnections;
using AltSendme.DirectConnections.Dialing;
using AltSendme.Transports.Tls.Connections;
using AltSendme.Transports.Tls.Handshakes;
using AltSendme.Transports.Tls.Wire;
using Microsoft.Extensions.Logging;

namespace AltSendme.Transports.Tls.Listening;

/// <summary>
/// Accepts on all sockets of a transport. A caller has a time limit for its handshake and a place among a bounded number; whatever it does wrong ends only its
/// own socket. Owns its sockets, loops and handshakes; connections that nobody has taken are ended with it.
/// </summary>
internal sealed class Listener : IConnectionListener
{
    private readonly IReadOnlyList<Socket> _sockets;
    private readonly IReadOnlyList<Alpn> _protocols;
    private readonly TlsHandshake _handshake;
    private readonly Func<EndpointAddress, bool> _mayUse;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly HandshakeSlots _slots = new(TransportLimits.MaxHandshakes);
    private readonly CancellationTokenSource _stop = new();   // cancelled by DisposeAsync only
    private readonly Arrivals _arrivals = new(TransportLimits.MaxWaitingConnections);
    private readonly Lock _gate = new();   // guards the set of handshakes
    private readonly HashSet<Task> _handshakes = [];
    private readonly Task _accepting;

    /// <summary>Opens the sockets and begins to accept.</summary>
    /// <exception cref="TransportException">The port is taken, or the network refuses.</exception>
    public Listener(ListenOptions options, TlsHandshake handshake, Func<EndpointAddress, bool> mayUse, TimeProvider time, ILogger logger)
    {
        _protocols = options.Protocols;
        _handshake = handshake;
        _mayUse = mayUse;
        _time = time;
        _logger = logger;
        _sockets = ListeningSockets.Open(options, logger);
        LocalEndPoints = [.. _sockets.Select(socket => (IPEndPoint)socket.LocalEndPoint!)];
        _accepting = Task.Run(() => Task.WhenAll(_sockets.Select(AcceptAsync)));   // on no caller's thread or context
    }

    /// <inheritdoc/>
    public IReadOnlyList<IPEndPoint> LocalEndPoints { get; }

    /// <inheritdoc/>
    public IAsyncEnumerable<IConnection> AcceptAsync(CancellationToken cancellationToken) => _arrivals.TakeAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var socket in _sockets)
            socket.Dispose();
        await _accepting;

        Task[] handshakes;
        lock (_gate)
            handshakes = [.. _handshakes];
        await Task.WhenAll(handshakes);
        await _arrivals.DisposeAsync();
        _stop.Dispose();
    }

    private async Task AcceptAsync(Socket listening)
    {
        var pause = TransportLimits.AcceptPause;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Begin(await listening.AcceptAsync(_stop.Token));
                pause = TransportLimits.AcceptPause;
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException exception)
            {
                if (!await PauseAsync(pause, exception))
                    return;
                pause = pause * 2 < TransportLimits.MaxAcceptPause ? pause * 2 : TransportLimits.MaxAcceptPause;
            }
        }
    }

    /// <summary>Waits, so that a system without free handles is not asked in a busy loop; false when it is over.</summary>
    private async Task<bool> PauseAsync(TimeSpan pause, SocketException cause)
    {
        _logger.AcceptFailed(pause, cause);
        try
        {
            await Task.Delay(pause, _time, _stop.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Begin(Socket caller)
    {
        var handshake = HandshakeAsync(caller);
        lock (_gate)
            _handshakes.Add(handshake);
        handshake.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void Forget(Task handshake)
    {
        lock (_gate)
            _handshakes.Remove(handshake);
    }

    private async Task HandshakeAsync(Socket caller)
    {
        using var limit = new CancellationTokenSource(DialLimits.HandshakeTime, _time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stop.Token);   // the time limit, or the end of the listener
        var place = _slots.Enter(caller.Dispose);
        try
        {
            if (caller.RemoteEndPoint is not IPEndPoint remote || !_mayUse(EndpointAddress.FromIp(remote)))
                throw new IOException("Its address is not allowed.");
            var link = await _handshake.AcceptAsync(caller, _protocols, ended.Token);
            await OfferAsync(new TlsConnection(link, Side.Acceptor, _time, _logger));
        }
        catch (Exception exception)   // whatever it is, it is this caller's alone
        {
            caller.Dispose();
            _logger.HandshakeFailed(exception);
        }
        finally
        {
            _slots.Leave(place);
        }
    }

    private async Task OfferAsync(TlsConnection connection)
    {
        connection.Start();
        if (_arrivals.TryOffer(connection))
            return;
        _logger.TooManyWaiting(connection.RemoteId.ToShortString());
        await connection.CloseAsync(CloseCode.None, "too many connections", _stop.Token);
    }
}
