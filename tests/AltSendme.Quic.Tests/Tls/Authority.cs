using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AltSendme.Quic.Tls;

namespace AltSendme.Quic.Tests.Tls;

/// <summary>An authority of the tests' own, and the certificates that it issues.</summary>
internal sealed class Authority
{
    public const string Host = "relay.example.org";
    public const string ServerPurpose = "1.3.6.1.5.5.7.3.1";
    public const string ClientPurpose = "1.3.6.1.5.5.7.3.2";

    private static readonly DateTimeOffset Begin = DateTimeOffset.UtcNow.AddDays(-2);
    private static readonly DateTimeOffset End = DateTimeOffset.UtcNow.AddDays(2);

    private readonly X509Certificate2 _own;

    public Authority()
    {
        var request = new CertificateRequest("CN=Authority of the tests", ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        _own = request.CreateSelfSigned(Begin, End);
    }

    public static Authority Test { get; } = new();

    /// <summary>The server's name, with the authority trusted.</summary>
    public static ServerName Name => new(Host) { Authorities = [Test._own] };

    public ServerName NameOf(string host) => new(host) { Authorities = [_own] };

    public static TlsConfiguration Server(X509Certificate2 certificate, params X509Certificate2[] intermediates)
    {
        var shown = new ServerCertificate(certificate, intermediates);
        return new TlsConfiguration { Certificate = () => shown, ApplicationProtocols = [HandshakePair.Alpn("test/1")] };
    }

    public static TlsConfiguration Client(ServerName name) => new() { Server = name, ApplicationProtocols = [HandshakePair.Alpn("test/1")] };

    public HandshakePair Pair(X509Certificate2 certificate) => new(Client(NameOf(Host)), Server(certificate));

    /// <summary>A certificate with its key: "P-256", "P-384", "P-521", "RSA" or "RSA-1024".</summary>
    public X509Certificate2 Issue(string key = "P-256", string host = Host, string purpose = ServerPurpose, int padding = 0, bool isExpired = false)
    {
        AsymmetricAlgorithm pair = key switch
        {
            "RSA" => RSA.Create(2048),
            "RSA-1024" => RSA.Create(1024),
            _ => ECDsa.Create(ECCurve.CreateFromFriendlyName($"nistP{key[2..]}")),
        };
        var request = pair is RSA rsa
            ? new CertificateRequest("CN=somebody", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest("CN=somebody", (ECDsa)pair, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(host);
        for (var i = 0; i < padding; i++)
            names.AddDnsName($"one-of-many-names-number-{i}.of.a.long.domain.example.org");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], critical: false));
        using var issued = request.Create(_own.SubjectName, X509SignatureGenerator.CreateForECDsa(_own.GetECDsaPrivateKey()!), Begin, isExpired ? DateTimeOffset.UtcNow.AddDays(-1) : End, RandomNumberGenerator.GetBytes(8));
        return pair is RSA secret ? issued.CopyWithPrivateKey(secret) : issued.CopyWithPrivateKey((ECDsa)pair);
    }

    public static X509Certificate2 SelfSigned()
    {
        var request = new CertificateRequest("CN=somebody", ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Host);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(Begin, End);
    }
}
