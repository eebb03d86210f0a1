using System.Net.Security;
using System.Net.Sockets;
using AltSendme.Abstractions;
using AltSendme.DirectConnections.Dialing;
using AltSendme.DirectConnections.Handshakes;
using AltSendme.Transports.Tls.Connections;

namespace AltSendme.Transports.Tls.Handshakes;

/// <summary>
/// TLS 1.3 over a socket, with certificates on both sides, each tied to an endpoint id and to no authority. Holds the certificate of one endpoint session. Thread-safe.
/// </summary>
internal sealed class TlsHandshake(IEndpointIdentity identity, TimeProvider time) : IDisposable
{
    /// <summary>How this transport names protocols.</summary>
    public static readonly TransportAlpn Alpn = new("altsendme-tls/1:");

    private readonly EndpointHandshake _handshake = new(identity, Alpn, CipherSuites.Preferred);

    /// <summary>Makes a link of a socket that has just connected. Owns the socket from here on, whatever happens.</summary>
    /// <exception cref="TransportException">Code <c>peer.other-key</c>: somebody else answered. Code <c>tls.handshake</c>: anything else that TLS refused.</exception>
    public async Task<AuthenticatedLink> ConnectAsync(Socket socket, EndpointId remote, Alpn protocol, CancellationToken cancellationToken)
    {
        var proof = new PeerProof(time, remote);
        var options = _handshake.Client(proof, protocol);
        return await AuthenticateAsync(socket, proof, [protocol], (tls, token) => tls.AuthenticateAsClientAsync(options, token), cancellationToken);
    }

    /// <summary>Makes a link of a socket that was accepted. Owns the socket from here on, whatever happens.</summary>
    /// <exception cref="TransportException">Code <c>tls.handshake</c>: TLS refused the caller.</exception>
    public async Task<AuthenticatedLink> AcceptAsync(Socket socket, IReadOnlyList<Alpn> protocols, CancellationToken cancellationToken)
    {
        var proof = new PeerProof(time, expected: null);
        var options = _handshake.Server(proof, protocols);
        return await AuthenticateAsync(socket, proof, protocols, (tls, token) => tls.AuthenticateAsServerAsync(options, token), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _handshake.Dispose();

    private async Task<AuthenticatedLink> AuthenticateAsync(
        Socket socket, PeerProof proof, IReadOnlyList<Alpn> protocols, Func<SslStream, CancellationToken, Task> authenticate, CancellationToken cancellationToken)
    {
        // The sizes of the socket's buffers stay the system's: it tunes them by the path, and a fixed size would end that.
        socket.NoDelay = true;
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            await authenticate(tls, cancellationToken);
            return new AuthenticatedLink(socket, tls, proof.Id, _handshake.Agreed(tls.NegotiatedApplicationProtocol, protocols));
        }
        catch (Exception exception)
        {
            socket.Dispose();
            await tls.DisposeAsync();
            cancellationToken.ThrowIfCancellationRequested();
            if (LinkFailure.Is(exception))
                throw proof.OtherKey(exception) ?? new TransportException("tls.handshake", proof.Explain("TLS"), exception);
            throw;
        }
    }
}
