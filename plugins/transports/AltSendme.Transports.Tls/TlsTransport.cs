using System.Net;
using System.Net.Sockets;
using AltSendme.Abstractions;
using AltSendme.DirectConnections;
using AltSendme.DirectConnections.Dialing;
using AltSendme.DirectConnections.Streams;
using AltSendme.Transports.Tls.Connections;
using AltSendme.Transports.Tls.Handshakes;
using AltSendme.Transports.Tls.Listening;
using AltSendme.Transports.Tls.Wire;
using Microsoft.Extensions.Logging;

namespace AltSendme.Transports.Tls;

/// <summary>TLS 1.3 over TCP, direct connections only. The protocol is described in docs/protocol/tls-transport.md.</summary>
internal sealed class TlsTransport(EndpointContext context, TimeProvider time, ILogger logger) : DirectTransport(context, Form, TlsHandshake.Alpn, time, logger)
{
    private static readonly AddressForm Form = new(EndpointAddress.IpScheme, "TLS");

    private readonly TlsHandshake _handshake = new(context.Identity, time);

    protected override ValueTask<IConnectionListener> OpenAsync(ListenOptions options, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IConnectionListener>(new Listener(options, _handshake, Context.MayUse, Time, Logger));

    /// <summary>TCP and TLS; the first frame of the peer says that it has accepted this side.</summary>
    protected override async Task<StreamConnection> ConnectAsync(IPEndPoint endPoint, EndpointId remote, Alpn protocol, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        var connection = new TlsConnection(await _handshake.ConnectAsync(socket, remote, protocol, cancellationToken), Side.Dialer, Time, Logger);
        connection.Start();
        return connection;
    }

    protected override void Release() => _handshake.Dispose();
}
