using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using AltSendme.Abstractions;
using AltSendme.Transports.Tls.Certificates;
using AltSendme.Transports.Tls.Connections;

namespace AltSendme.Transports.Tls.Handshakes;

/// <summary>
/// TLS 1.3 with certificates on both sides, each tied to an endpoint id and to no authority. Holds the certificate of one endpoint session. Thread-safe.
/// </summary>
internal sealed class TlsHandshake(IEndpointIdentity identity, TimeProvider time) : IDisposable
{
    private readonly Lazy<SslStreamCertificateContext> _certificate = new(() => OwnCertificate.Create(identity));

    /// <summary>Makes a link of a socket that has just connected. Owns the socket from here on, whatever happens.</summary>
    /// <exception cref="TransportException">Code <c>peer.other-key</c>: somebody else answered. Code <c>tls.handshake</c>: anything else that TLS refused.</exception>
    public async Task<AuthenticatedLink> ConnectAsync(Socket socket, EndpointId remote, Alpn protocol, CancellationToken cancellationToken)
    {
        var proof = new PeerProof(time, remote);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "",   // no server name: the scheme reserves it
            ApplicationProtocols = [TransportAlpn.ToTls(protocol)],
            ClientCertificateContext = _certificate.Value,
            EnabledSslProtocols = SslProtocols.Tls13,
            CertificateChainPolicy = OfflineChain(),
            RemoteCertificateValidationCallback = proof.Judge,
            AllowTlsResume = false,   // every connection proves itself
            CipherSuitesPolicy = CipherSuites.Preferred,
        };
        return await AuthenticateAsync(socket, proof, [protocol], (tls, token) => tls.AuthenticateAsClientAsync(options, token), cancellationToken);
    }

    /// <summary>Makes a link of a socket that was accepted. Owns the socket from here on, whatever happens.</summary>
    /// <exception cref="TransportException">Code <c>tls.handshake</c>: TLS refused the caller.</exception>
    public async Task<AuthenticatedLink> AcceptAsync(Socket socket, IReadOnlyList<Alpn> protocols, CancellationToken cancellationToken)
    {
        var proof = new PeerProof(time, expected: null);
        var options = new SslServerAuthenticationOptions
        {
            ApplicationProtocols = [.. protocols.Select(TransportAlpn.ToTls)],
            ServerCertificateContext = _certificate.Value,
            ClientCertificateRequired = true,
            EnabledSslProtocols = SslProtocols.Tls13,
            CertificateChainPolicy = OfflineChain(),
            RemoteCertificateValidationCallback = proof.Judge,
            AllowTlsResume = false,
            CipherSuitesPolicy = CipherSuites.Preferred,
        };
        return await AuthenticateAsync(socket, proof, protocols, (tls, token) => tls.AuthenticateAsServerAsync(options, token), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_certificate.IsValueCreated)
            _certificate.Value.TargetCertificate.Dispose();
    }

    private static async Task<AuthenticatedLink> AuthenticateAsync(
        Socket socket, PeerProof proof, IReadOnlyList<Alpn> protocols, Func<SslStream, CancellationToken, Task> authenticate, CancellationToken cancellationToken)
    {
        // The sizes of the socket's buffers stay the system's: it tunes them by the path, and a fixed size would end that.
        socket.NoDelay = true;
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            await authenticate(tls, cancellationToken);
            foreach (var protocol in protocols)
            {
                if (tls.NegotiatedApplicationProtocol == TransportAlpn.ToTls(protocol))
                    return new AuthenticatedLink(socket, tls, proof.Id, protocol);
            }

            throw new AuthenticationException("No protocol was agreed on.");
        }
        catch (Exception exception)
        {
            socket.Dispose();
            await tls.DisposeAsync();
            cancellationToken.ThrowIfCancellationRequested();
            if (AuthenticatedLink.IsLinkFailure(exception))
                throw Explain(proof, exception);
            throw;
        }
    }

    private static TransportException Explain(PeerProof proof, Exception cause)
    {
        if (proof.IsOtherKey)
            return new TransportException("peer.other-key", $"another endpoint answered, {proof.Id.ToShortString()}", cause);
        var words = proof.Fault is CertificateFault.None or CertificateFault.Missing
            ? "the TLS handshake failed (another protocol, or no AltSendme there)"
            : $"the peer's certificate is not acceptable ({proof.Fault})";
        return new TransportException("tls.handshake", words, cause);
    }

    /// <summary>The platform builds a chain before it asks us; it must not go to the network for what a peer's certificate names.</summary>
    private static X509ChainPolicy OfflineChain() => new()
    {
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
        TrustMode = X509ChainTrustMode.CustomRootTrust,
    };
}
