using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AltSendme.Quic.Tls.Messages;

namespace AltSendme.Quic.Tls.Certificates;

/// <summary>The certificate that a server showed, between its Certificate message and the proof that it owns the key. Whoever takes it disposes it.</summary>
internal sealed class PeerCertificate : IDisposable
{
    private readonly X509Certificate2 _own;

    private PeerCertificate(X509Certificate2 own) => _own = own;

    /// <summary>Reads and checks the certificates of a message: null with an <paramref name="error"/> when they are not those of <paramref name="name"/>.</summary>
    public static PeerCertificate? Accept(ServerName name, CertificateChain chain, out TransportError error)
    {
        var others = new X509Certificate2Collection();
        X509Certificate2? own = null;
        try
        {
            foreach (var encoded in chain)
            {
                var certificate = X509CertificateLoader.LoadCertificate(encoded);
                if (own is null)
                    own = certificate;
                else
                    others.Add(certificate);
            }

            error = ChainVerification.Check(name, own!, others);
        }
        catch (CryptographicException)
        {
            error = TlsAlert.BadCertificate.Because("The server's certificate can't be read");
        }
        finally
        {
            foreach (var other in others)
                other.Dispose();
        }

        if (!error.IsError)
            return new PeerCertificate(own!);
        own?.Dispose();
        return null;
    }

    /// <summary>Checks the proof.</summary>
    public bool Signed(SignatureScheme scheme, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature) => CertificateSignature.Verify(_own, scheme, content, signature);

    /// <inheritdoc />
    public void Dispose() => _own.Dispose();
}
