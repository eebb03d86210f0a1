using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using AltSendme.Abstractions;
using AltSendme.DirectConnections.Certificates;

namespace AltSendme.DirectConnections.Handshakes;

/// <summary>
/// What both sides of a TLS 1.3 handshake ask for: certificates on both sides, each tied to an endpoint id and to no authority. Holds the certificate of one endpoint session. Thread-safe.
/// </summary>
/// <param name="identity">Who this side is.</param>
/// <param name="alpn">Names of protocols.</param>
/// <param name="suites">Cipher suites in the order wanted; <see langword="null"/> for the platform's.</param>
public sealed class EndpointHandshake(IEndpointIdentity identity, TransportAlpn alpn, CipherSuitesPolicy? suites = null) : IDisposable
{
    private readonly Lazy<SslStreamCertificateContext> _certificate = new(() => OwnCertificate.Create(identity));

    /// <summary>The dialling side. <paramref name="proof"/> judges the peer.</summary>
    public SslClientAuthenticationOptions Client(PeerProof proof, Alpn protocol)
    {
        ArgumentNullException.ThrowIfNull(proof);
        return new SslClientAuthenticationOptions
        {
            TargetHost = "",   // no server name: the scheme reserves it
            ApplicationProtocols = [alpn.ToTls(protocol)],
            ClientCertificateContext = _certificate.Value,
            EnabledSslProtocols = SslProtocols.Tls13,
            CertificateChainPolicy = OfflineChain(),
            RemoteCertificateValidationCallback = proof.Judge,
            AllowTlsResume = false,   // every connection proves itself
            CipherSuitesPolicy = suites,
        };
    }

    /// <summary>The listening side. <paramref name="proof"/> judges the peer.</summary>
    public SslServerAuthenticationOptions Server(PeerProof proof, IEnumerable<Alpn> protocols)
    {
        ArgumentNullException.ThrowIfNull(proof);
        return new SslServerAuthenticationOptions
        {
            ApplicationProtocols = [.. protocols.Select(alpn.ToTls)],
            ServerCertificateContext = _certificate.Value,
            ClientCertificateRequired = true,
            EnabledSslProtocols = SslProtocols.Tls13,
            CertificateChainPolicy = OfflineChain(),
            RemoteCertificateValidationCallback = proof.Judge,
            AllowTlsResume = false,
            CipherSuitesPolicy = suites,
        };
    }

    /// <summary>The protocol that was agreed on.</summary>
    /// <exception cref="AuthenticationException">None of <paramref name="protocols"/>.</exception>
    public Alpn Agreed(SslApplicationProtocol negotiated, IEnumerable<Alpn> protocols)
    {
        ArgumentNullException.ThrowIfNull(protocols);
        foreach (var protocol in protocols)
        {
            if (negotiated == alpn.ToTls(protocol))
                return protocol;
        }

        throw new AuthenticationException("No protocol was agreed on.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_certificate.IsValueCreated)
            _certificate.Value.TargetCertificate.Dispose();
    }

    /// <summary>The platform builds a chain before it asks us; it must not go to the network for what a peer's certificate names.</summary>
    private static X509ChainPolicy OfflineChain() => new()
    {
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
        TrustMode = X509ChainTrustMode.CustomRootTrust,
    };
}
