using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AltSendme.TestKit;

namespace AltSendme.Relays.Server.Tests;

public sealed class CertificateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_renewed_certificate_is_shown_without_a_restart_and_a_broken_one_is_not()
    {
        var first = Write("first");
        await using var relay = await RelayHarness.StartAsync(("Tls:Certificate", Path.Combine(_folder.Path, "cert.pem")), ("Tls:Key", Path.Combine(_folder.Path, "key.pem")));
        Assert.Equal(first, await ShownAsync(relay));

        var second = Write("second");
        relay.Time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(second, await ShownAsync(relay));

        File.WriteAllText(Path.Combine(_folder.Path, "cert.pem"), "half a certif");
        relay.Time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(second, await ShownAsync(relay));
    }

    private string Write(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Path.Combine(_folder.Path, "cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder.Path, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        return certificate.Subject;
    }

    private static async Task<string> ShownAsync(RelayHarness relay)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(relay.Url.Host, relay.Url.Port);
        await using var tls = new SslStream(tcp.GetStream(), false, static (_, certificate, _, _) => certificate is not null);
        await tls.AuthenticateAsClientAsync("relay");
        return tls.RemoteCertificate!.Subject;
    }
}
