using System.Net;
using System.Net.Quic;
using System.Net.Sockets;
using AltSendme.Abstractions;
using AltSendme.DirectConnections;
using AltSendme.DirectConnections.Dialing;
using AltSendme.DirectConnections.Handshakes;
using AltSendme.DirectConnections.Streams;
using Microsoft.Extensions.Logging;

namespace AltSendme.Transports.MsQuic;

/// <summary>The platform's QUIC, direct connections only. The protocol is described in docs/protocol/msquic-transport.md.</summary>
/// <param name="context">What the host hands out.</param>
/// <param name="port">UDP port to listen on; 0 for any. It is never the session's: that one is the iroh transport's in UDP.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed class MsQuicTransport(EndpointContext context, int port, TimeProvider time, ILogger logger) : DirectTransport(context, Form, Alpn, time, logger)
{
    public static readonly AddressForm Form = new("msquic", "MsQuic");
    public static readonly TransportAlpn Alpn = new("altsendme-msquic/1:");

    private readonly EndpointHandshake _handshake = new(context.Identity, Alpn);

    protected override async ValueTask<IConnectionListener> OpenAsync(ListenOptions options, CancellationToken cancellationToken)
    {
        var listener = new MsQuicListener(options.Protocols, _handshake, Context.MayUse, Time);
        await listener.OpenAsync(options with { Port = port }, cancellationToken);
        return listener;
    }

    protected override async Task<StreamConnection> ConnectAsync(IPEndPoint endPoint, EndpointId remote, Alpn protocol, CancellationToken cancellationToken)
    {
        var proof = new PeerProof(Time, remote);
        var options = ConnectionLimits.Apply(new QuicClientConnectionOptions { RemoteEndPoint = endPoint, ClientAuthenticationOptions = _handshake.Client(proof, protocol) });
        try
        {
            return new MsQuicConnection(await QuicConnection.ConnectAsync(options, cancellationToken), proof.Id, protocol, Time);
        }
        catch (Exception exception) when (LinkFailure.Is(exception) && exception is not SocketException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw proof.OtherKey(exception) ?? new TransportException("msquic.handshake", proof.Explain("QUIC"), exception);
        }
    }

    protected override void Release() => _handshake.Dispose();
}
