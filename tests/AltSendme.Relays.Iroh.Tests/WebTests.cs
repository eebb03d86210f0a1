using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AltSendme.Abstractions;
using AltSendme.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace AltSendme.Relays.Iroh.Tests;

/// <summary>The way to the relay: proxies, certificates, distance.</summary>
public sealed class WebTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_relay_that_answers_has_a_latency()
    {
        await using var lab = await RelayLab.StartAsync();

        var report = await new LatencyProbe(lab.Web, TimeProvider.System).MeasureAsync(lab.Url, CancellationToken.None);

        Assert.NotNull(report.Latency);
        Assert.Null(report.Detail);
    }

    [Fact]
    public async Task A_relay_that_is_not_there_is_a_report_and_no_exception()
    {
        await using var lab = await RelayLab.StartAsync();
        await lab.Server.StopAsync();

        var report = await new LatencyProbe(lab.Web, TimeProvider.System).MeasureAsync(lab.Url, CancellationToken.None);

        Assert.Null(report.Latency);
        Assert.Contains("can't be reached", report.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_authority_is_trusted_when_it_is_configured_and_only_then()
    {
        WriteCertificates();
        await using var lab = await RelayLab.StartAsync(("Tls:Certificate", At("cert.pem")), ("Tls:Key", At("key.pem")));
        var url = new Uri($"https://localhost:{lab.Url.Port}/");
        using var trusting = new RelayWeb(Options(("CertificateAuthority", At("ca.pem")), ("Proxy", "none")));

        Assert.Equal(RelayStatus.Connected, (await FirstAsync(url, trusting)).Status);
        var distrusting = await FirstAsync(url, lab.Web);
        Assert.Equal(RelayStatus.Connecting, distrusting.Status);
        Assert.Contains("is not trusted", distrusting.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_not_accepted_whoever_signed_it()
    {
        WriteCertificates();
        await using var lab = await RelayLab.StartAsync(("Tls:Certificate", At("cert.pem")), ("Tls:Key", At("key.pem")));
        using var trusting = new RelayWeb(Options(("CertificateAuthority", At("ca.pem")), ("Proxy", "none")));

        var state = await FirstAsync(new Uri($"https://127.0.0.1:{lab.Url.Port}/"), trusting);

        Assert.Equal(RelayStatus.Connecting, state.Status);
    }

    [Fact]
    public async Task A_proxy_gets_the_name_and_password_of_its_url_and_carries_the_tunnel()
    {
        WriteCertificates();
        await using var lab = await RelayLab.StartAsync(("Tls:Certificate", At("cert.pem")), ("Tls:Key", At("key.pem")));
        await using var proxy = new ConnectProxy(lab.Url.Port);
        using var web = new RelayWeb(Options(("CertificateAuthority", At("ca.pem")), ("Proxy", $"http://us%40er:pass@127.0.0.1:{proxy.Port}/")));

        var state = await FirstAsync(new Uri("https://localhost/"), web);

        Assert.Equal(RelayStatus.Connected, state.Status);
        Assert.Contains(proxy.Requests, static request => request.Contains($"Basic {Convert.ToBase64String("us@er:pass"u8)}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Proxy", "ftp://somewhere/", "Plugins:altsendme.relay:Proxy must be system, none, or the URL of an http, https or socks proxy")]
    [InlineData("CertificateAuthority", "/nowhere/ca.pem", "Plugins:altsendme.relay:CertificateAuthority names /nowhere/ca.pem, which can't be read")]
    [InlineData("AllowPlainHttp", "perhaps", "Plugins:altsendme.relay:AllowPlainHttp must be true or false")]
    public void A_setting_that_can_not_be_used_is_named(string key, string value, string part)
    {
        var fault = Assert.Throws<PluginException>(() => Options((key, value)));

        Assert.Equal("relay.settings", fault.Code);
        Assert.Contains(part, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://relay.example./", "wss://relay.example/relay")]
    [InlineData("https://relay.example:8443/some/path", "wss://relay.example:8443/relay")]
    [InlineData("http://127.0.0.1:3340", "ws://127.0.0.1:3340/relay")]
    public void The_websocket_is_found_below_the_relays_url(string relay, string expected) => Assert.Equal(expected, RelayWeb.Address(new Uri(relay), "/relay", webSocket: true).ToString());

    private static RelayClientOptions Options(params (string Key, string Value)[] settings) =>
        RelayClientOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build());

    private static async Task<RelayState> FirstAsync(Uri url, RelayWeb web)
    {
        await using var tunnel = new RelayTunnel(new RelayContext(new Identity(1), url), web, TimeProvider.System, NullLogger.Instance);
        return await RelayLab.UntilAsync(tunnel, static state => state.Status != RelayStatus.Connecting || state.Detail is not null);
    }

    private string At(string name) => Path.Combine(_folder.Path, name);

    private void WriteCertificates()
    {
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=private authority", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = authorityRequest.CreateSelfSigned(from, to);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, from, to, [1, 2, 3, 4]);
        File.WriteAllText(At("ca.pem"), authority.ExportCertificatePem());
        File.WriteAllText(At("cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(At("key.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>An HTTP proxy that asks for a password and leads every CONNECT to one port.</summary>
    private sealed class ConnectProxy : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _running;

        public ConnectProxy(int target)
        {
            _listener.Start();
            _running = RunAsync(target, _stop.Token);
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public List<string> Requests { get; } = [];

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            _listener.Stop();
            await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stop.Dispose();
        }

        private async Task RunAsync(int target, CancellationToken stop)
        {
            var tunnels = new List<Task>();
            while (!stop.IsCancellationRequested)
                tunnels.Add(ServeAsync(await _listener.AcceptTcpClientAsync(stop), target, stop));
            await Task.WhenAll(tunnels);
        }

        private async Task ServeAsync(TcpClient client, int target, CancellationToken stop)
        {
            using (client)
            {
                var stream = client.GetStream();
                var buffer = new byte[4096];
                while (true)
                {
                    var request = Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer, stop));
                    Requests.Add(request);
                    if (request.Length == 0)
                        return;
                    if (request.Contains("Proxy-Authorization", StringComparison.OrdinalIgnoreCase))
                        break;
                    await stream.WriteAsync("HTTP/1.1 407 Who are you?\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), stop);
                }

                using var relay = new TcpClient();
                await relay.ConnectAsync(IPAddress.Loopback, target, stop);
                await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), stop);
                await Task.WhenAny(stream.CopyToAsync(relay.GetStream(), stop), relay.GetStream().CopyToAsync(stream, stop));
            }
        }
    }
}
