using System.Net;
using System.Net.Quic;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using AltSendme.Abstractions;
using AltSendme.DirectConnections;
using AltSendme.DirectConnections.Dialing;
using AltSendme.DirectConnections.Handshakes;

namespace AltSendme.Transports.MsQuic;

/// <summary>Accepts on all addresses of a transport. Whatever a caller does wrong ends only its own connection.</summary>
internal sealed class MsQuicListener(IReadOnlyList<Alpn> protocols, EndpointHandshake handshake, Func<EndpointAddress, bool> mayUse, TimeProvider time) : IConnectionListener
{
    private readonly ConditionalWeakTable<QuicConnection, PeerProof> _proofs = [];
    private readonly Arrivals _arrivals = new(ConnectionLimits.MaxWaitingConnections);
    private readonly CancellationTokenSource _stop = new();   // cancelled by DisposeAsync only
    private readonly List<QuicListener> _listeners = [];
    private Task _accepting = Task.CompletedTask;

    public IReadOnlyList<IPEndPoint> LocalEndPoints { get; private set; } = [];

    /// <exception cref="TransportException">Code <c>msquic.listen</c>.</exception>
    public async Task OpenAsync(ListenOptions options, CancellationToken cancellationToken)
    {
        var isWild = options.Addresses.Count == 0;
        try
        {
            // A socket of MsQuic's for all IPv6 addresses is one for all IPv4 addresses too.
            foreach (var address in isWild ? [Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any] : options.Addresses)
                _listeners.Add(await QuicListener.ListenAsync(Options(new IPEndPoint(address, _listeners.Count == 0 ? options.Port : _listeners[0].LocalEndPoint.Port)), cancellationToken));
        }
        catch (Exception exception) when (LinkFailure.Is(exception) && exception is not OperationCanceledException)
        {
            await DisposeAsync();
            throw new TransportException("msquic.listen", $"MsQuic can't listen on UDP port {options.Port} ({exception.Message}). Choose another Plugins:altsendme.msquic:Port, or 0 for any that is free.", exception);
        }

        var found = _listeners.ConvertAll(static listener => listener.LocalEndPoint);
        LocalEndPoints = isWild && Socket.OSSupportsIPv6 ? [.. found, new IPEndPoint(IPAddress.Any, found[0].Port)] : found;
        _accepting = Task.WhenAll(_listeners.Select(listener => Task.Run(() => AcceptAsync(listener))));
    }

    public IAsyncEnumerable<IConnection> AcceptAsync(CancellationToken cancellationToken) => _arrivals.TakeAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        foreach (var listener in _listeners)
            await listener.DisposeAsync();
        await _arrivals.DisposeAsync();
        _stop.Dispose();
    }

    private QuicListenerOptions Options(IPEndPoint endPoint) => new()
    {
        ListenEndPoint = endPoint,
        ListenBacklog = ConnectionLimits.MaxWaitingConnections,
        ApplicationProtocols = [.. protocols.Select(MsQuicTransport.Alpn.ToTls)],
        ConnectionOptionsCallback = (connection, _, _) =>
        {
            if (!mayUse(EndpointAddress.FromIp(connection.RemoteEndPoint)))
                throw new AuthenticationException("Its address is not allowed.");
            var proof = new PeerProof(time, expected: null);
            _proofs.Add(connection, proof);
            return ValueTask.FromResult(ConnectionLimits.Apply(new QuicServerConnectionOptions { ServerAuthenticationOptions = handshake.Server(proof, protocols) }));
        },
    };

    private async Task AcceptAsync(QuicListener listener)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var quic = await listener.AcceptConnectionAsync(_stop.Token);
                _proofs.TryGetValue(quic, out var proof);
                var connection = new MsQuicConnection(quic, proof!.Id, handshake.Agreed(quic.NegotiatedApplicationProtocol, protocols), time);
                if (!_arrivals.TryOffer(connection))
                    connection.Cut();
            }
            catch (Exception exception) when (LinkFailure.Is(exception))
            {
                // This caller failed its handshake, which is nobody else's matter; or the listener has ended.
            }
        }
    }
}
