using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AltSendme.Quic.Tls.Certificates;

/// <summary>Whether a server's certificates make it the one that was dialled (RFC 8446, section 4.4.2.4; RFC 5280; RFC 9525). Nothing is fetched from the network, so it neither waits nor tells anybody.</summary>
internal static class ChainVerification
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Checks name, time, purpose and signatures up to an authority of the system's or of the name's own.</summary>
    public static TransportError Check(ServerName name, X509Certificate2 certificate, X509Certificate2Collection others)
    {
        if (!certificate.MatchesHostname(name.Host, allowWildcards: true, allowCommonName: false))
            return TlsAlert.BadCertificate.Because("The server's certificate is for another name");
        if (Builds(certificate, others, []) || (name.Authorities.Count > 0 && Builds(certificate, others, name.Authorities)))
            return default;
        return TlsAlert.UnknownAuthority.Because("The server's certificate does not lead to an authority that is trusted here, or is not valid now");
    }

    private static bool Builds(X509Certificate2 certificate, X509Certificate2Collection others, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.DisableCertificateDownloads = true;
        policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        policy.ExtraStore.AddRange(others);
        if (authorities.Count > 0)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(authorities);
        }

        try
        {
            return chain.Build(certificate);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
