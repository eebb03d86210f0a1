using System.Security.Cryptography.X509Certificates;

namespace AltSendme.Quic.Tls;

/// <summary>A server that is known by the name in its X.509 certificate instead of by a key.</summary>
/// <param name="Host">DNS name, or an IP address as text. It is asked for (RFC 6066, section 3) and must stand in the certificate.</param>
public sealed record ServerName(string Host)
{
    /// <summary>Certificates of authorities that are trusted besides the system's.</summary>
    public X509Certificate2Collection Authorities { get; init; } = [];
}
