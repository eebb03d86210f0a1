using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AltSendme.Abstractions;

namespace AltSendme.DirectConnections.Certificates;

/// <summary>Makes the certificate that this side shows: a fresh P-256 key, signed by itself, with the endpoint's signature in it. One an endpoint session.</summary>
internal static class OwnCertificate
{
    // Fixed dates, as other implementations of the scheme write them: nothing in the certificate tells when the session began, and no clock can be too wrong for it.
    private static readonly DateTimeOffset NotBefore = new(1975, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset NotAfter = new(4096, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Makes a certificate. The caller disposes what <see cref="SslStreamCertificateContext.TargetCertificate"/> holds.</summary>
    public static SslStreamCertificateContext Create(IEndpointIdentity identity)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=altsendme", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509Extension(SignedKey.ExtensionOid, SignedKey.Create(identity, key.ExportSubjectPublicKeyInfo()), critical: false));
        return SslStreamCertificateContext.Create(ForThisPlatform(request.CreateSelfSigned(NotBefore, NotAfter)), additionalCertificates: null, offline: true);
    }

    /// <summary>Windows' TLS only takes keys from a key store; elsewhere a key in memory serves.</summary>
    private static X509Certificate2 ForThisPlatform(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
            return certificate;
        using (certificate)
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }
}
