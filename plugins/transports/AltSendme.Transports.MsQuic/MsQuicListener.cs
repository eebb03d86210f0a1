using System.Net;
using System.Net.Quic;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AltSendme.Abstractions;
using AltSendme.DirectConnections;
using AltSendme.DirectConnections.Dialing;
using AltSendme.DirectConnections.Handshakes;

namespace AltSendme.Transports.MsQuic;

/// <summary>Accepts on all addresses of a transport. Whatever a caller does wrong ends only its own connection.</summary>
internal sealed class MsQuicListener : IConnectionListener
{
    private readonly ConditionalWeakTable<QuicConnection, PeerProof> _proofs = [];
    private readonly Channel<IConnection> _connections = Channel.CreateBounded<IConnection>(ConnectionLimits.MaxWaitingConnections);
    private readonly CancellationTokenSource _stop = new();   // cancelled by DisposeAsync only
    private readonly List<QuicListener> _listeners = [];
    private Task _accepting = Task.CompletedTask;

    public IReadOnlyList<IPEndPoint> LocalEndPoints { get; private set; } = [];

    /// <exception cref="TransportException">Code <c>msquic.listen</c>.</exception>
    public static async Task<MsQuicListener> OpenAsync(ListenOptions options, EndpointHandshake handshake, TimeProvider time, CancellationToken cancellationToken)
    {
        var opened = new MsQuicListener();
        var isWild = options.Addresses.Count == 0;
        try
        {
            // A socket of MsQuic's for all IPv6 addresses is one for all IPv4 addresses too.
            foreach (var address in isWild ? [Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any] : options.Addresses)
            {
                var port = opened._listeners.Count == 0 ? options.Port : opened._listeners[0].LocalEndPoint.Port;
                opened._listeners.Add(await QuicListener.ListenAsync(opened.Options(new IPEndPoint(address, port), options.Protocols, handshake, time), cancellationToken));
            }
        }
        catch (Exception exception) when (LinkFailure.Is(exception) && exception is not OperationCanceledException)
        {
            await opened.DisposeAsync();
            throw new TransportException("msquic.listen", $"MsQuic can't listen on UDP port {options.Port} ({exception.Message}). Choose another Plugins:altsendme.msquic:Port, or 0 for any that is free.", exception);
        }

        var found = opened._listeners.ConvertAll(static listener => listener.LocalEndPoint);
        opened.LocalEndPoints = isWild && Socket.OSSupportsIPv6 ? [.. found, new IPEndPoint(IPAddress.Any, found[0].Port)] : found;
        opened._accepting = Task.WhenAll(opened._listeners.Select(listener => Task.Run(() => opened.AcceptAsync(listener, options.Protocols, handshake, time))));
        return opened;
    }

    public IAsyncEnumerable<IConnection> AcceptAsync(CancellationToken cancellationToken) => _connections.Reader.ReadAllAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        foreach (var listener in _listeners)
            await listener.DisposeAsync();
        _connections.Writer.TryComplete();
        while (_connections.Reader.TryRead(out var connection))
            await connection.DisposeAsync();
        _stop.Dispose();
    }

    private QuicListenerOptions Options(IPEndPoint endPoint, IReadOnlyList<Alpn> protocols, EndpointHandshake handshake, TimeProvider time) => new()
    {
        ListenEndPoint = endPoint,
        ListenBacklog = ConnectionLimits.MaxWaitingConnections,
        ApplicationProtocols = [.. protocols.Select(MsQuicTransport.Alpn.ToTls)],
        ConnectionOptionsCallback = (connection, _, _) =>
        {
            var proof = new PeerProof(time, expected: null);
            _proofs.Add(connection, proof);
            return ValueTask.FromResult(ConnectionLimits.Apply(new QuicServerConnectionOptions { ServerAuthenticationOptions = handshake.Server(proof, protocols) }));
        },
    };

    private async Task AcceptAsync(QuicListener listener, IReadOnlyList<Alpn> protocols, EndpointHandshake handshake, TimeProvider time)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var quic = await listener.AcceptConnectionAsync(_stop.Token);
                _proofs.TryGetValue(quic, out var proof);
                var connection = new MsQuicConnection(quic, proof!.Id, handshake.Agreed(quic.NegotiatedApplicationProtocol, protocols), time);
                if (!_connections.Writer.TryWrite(connection))
                    connection.Cut();
            }
            catch (Exception exception) when (LinkFailure.Is(exception))
            {
                // This caller failed its handshake, which is nobody else's matter; or the listener has ended.
            }
        }
    }
}
