using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AltSendme.Transports.Tls.Tests;

/// <summary>A certificate that says nothing about an endpoint.</summary>
internal static class PlainCertificate
{
    public static X509Certificate2 Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=plain", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
