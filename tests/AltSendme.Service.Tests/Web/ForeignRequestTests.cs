using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Web.Origin;
using AltSendme.TestKit;

namespace AltSendme.Service.Tests.Web;

public sealed class ForeignRequestTests
{
    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:{0}")]
    [InlineData("localhost:{0}")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:1")]
    [InlineData("127.0.0.1.evil.example:{0}")]
    [InlineData("[::1]:{0}")]
    public async Task A_name_that_was_made_to_lead_here_is_refused(string host)
    {
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);
        foreach (var path in new[] { "/api/v1/shares", "/receive", "/assets/enter.js" })
        {
            var request = browser.Request(HttpMethod.Get, path);
            request.Headers.Host = string.Format(CultureInfo.InvariantCulture, host, browser.Port);

            Assert.Equal((403, ServiceCodes.Foreign), await BrowserStand.ErrorAsync(await browser.SendAsync(request)));
        }
    }

    [Fact]
    public async Task A_secret_is_not_taken_under_another_name()
    {
        await using var service = await ServiceHarness.StartAsync();
        var window = await service.Client.OpenWindowAsync(new WindowOrder(), service.Token);
        using var browser = new BrowserStand(window.Origin);
        using var content = new FormUrlEncodedContent([new("secret", BrowserStand.Secret(window))]);
        var request = new HttpRequestMessage(HttpMethod.Post, "/session") { Content = content };
        request.Headers.Host = "evil.example";

        Assert.Equal((403, ServiceCodes.Foreign), await BrowserStand.ErrorAsync(await browser.SendAsync(request)));
        Assert.True(File.Exists(window.Door));
    }

    [Theory]
    [InlineData("https://evil.example", "cross-site")]
    [InlineData("null", "cross-site")]
    [InlineData("http://127.0.0.1:1", "same-site")]
    [InlineData("http://localhost", "cross-site")]
    [InlineData(null, null)]
    [InlineData("own", "cross-site")]
    [InlineData("own", "same-site")]
    [InlineData("own", "none")]
    public async Task A_page_of_another_site_can_change_nothing_even_with_the_cookie(string? origin, string? site)
    {
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/shares") { Content = new StringContent("""{"text":"x"}""", Encoding.UTF8, "application/json") };
        if (origin is not null)
            request.Headers.Add("Origin", origin == "own" ? browser.Origin : origin);
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);

        Assert.Equal((403, ServiceCodes.Foreign), await BrowserStand.ErrorAsync(await browser.SendAsync(request)));
        Assert.Empty(await service.Client.SharesAsync(service.Token));
    }

    [Theory]
    [InlineData("cross-site", "script")]
    [InlineData("same-site", "image")]
    [InlineData("cross-site", "empty")]
    [InlineData("none", "document")]
    public async Task A_page_of_another_site_can_read_nothing(string site, string destination)
    {
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);
        foreach (var path in new[] { "/api/v1/shares", "/api/v1/events", "/assets/enter.js" })
        {
            var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("Sec-Fetch-Site", site);
            request.Headers.Add("Sec-Fetch-Dest", destination);

            using var response = await browser.SendAsync(request);

            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    [Fact]
    public async Task A_page_may_be_opened_from_anywhere_but_framed_nowhere()
    {
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);
        var opened = new HttpRequestMessage(HttpMethod.Get, "/share");
        opened.Headers.Add("Sec-Fetch-Site", "none");
        opened.Headers.Add("Sec-Fetch-Dest", "document");
        var framed = new HttpRequestMessage(HttpMethod.Get, "/share");
        framed.Headers.Add("Sec-Fetch-Site", "same-site");
        framed.Headers.Add("Sec-Fetch-Dest", "iframe");

        using var page = await browser.SendAsync(opened);
        using var frame = await browser.SendAsync(framed);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (page.StatusCode, frame.StatusCode));
        Assert.Contains("frame-ancestors 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/octet-stream")]
    public async Task A_body_of_a_type_that_forms_send_is_not_read(string type)
    {
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);
        var content = new ByteArrayContent("""{"text":"x"}"""u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        var (status, _) = await BrowserStand.ErrorAsync(await browser.SendAsync(browser.Request(HttpMethod.Post, "/api/v1/shares", content)));

        Assert.Equal(400, status);
        Assert.Empty(await service.Client.SharesAsync(service.Token));
    }

    [Theory]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    [InlineData("PATCH")]
    public async Task Nothing_is_asked_beforehand(string method)
    {
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);
        var request = new HttpRequestMessage(new HttpMethod(method), "/api/v1/shares");
        request.Headers.Add("Origin", "https://evil.example");
        request.Headers.Add("Access-Control-Request-Method", "DELETE");

        using var response = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.DoesNotContain(response.Headers, static header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Without_a_session_there_is_nothing_but_the_way_in()
    {
        await using var service = await ServiceHarness.StartAsync();
        await service.Client.CreateShareAsync(new ShareOrder { Text = "secret" }, service.Token);
        var window = await service.Client.OpenWindowAsync(new WindowOrder(), service.Token);
        using var stranger = new BrowserStand(window.Origin);

        foreach (var path in new[] { "/api/v1/shares", "/api/v1/events", "/api/web/me", "/api/v1/nothing" })
            Assert.Equal((401, ServiceCodes.NoSession), await BrowserStand.ErrorAsync(await stranger.GetAsync(path)));
        using var page = await stranger.GetAsync("/share");

        Assert.Equal(HttpStatusCode.Unauthorized, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("altsendme-{0}=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("altsendme-{0}=")]
    [InlineData("altsendme-{0}=%00")]
    [InlineData("altsendme=x; other=y")]
    public async Task A_cookie_that_was_made_up_is_none(string cookie)
    {
        await using var service = await ServiceHarness.StartAsync();
        var window = await service.Client.OpenWindowAsync(new WindowOrder(), service.Token);
        using var stranger = new BrowserStand(window.Origin);
        var request = stranger.Request(HttpMethod.Get, "/api/v1/shares");
        request.Headers.Add("Cookie", string.Format(CultureInfo.InvariantCulture, cookie, stranger.Port));

        Assert.Equal((401, ServiceCodes.NoSession), await BrowserStand.ErrorAsync(await stranger.SendAsync(request)));
    }

    [Fact]
    public async Task Whoever_has_no_session_is_answered_so_often_and_a_window_still_is()
    {
        await using var service = await ServiceHarness.StartAsync(clock: new VirtualTime());
        using var browser = await BrowserStand.OpenAsync(service);
        using var stranger = new BrowserStand(browser.Origin);
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 100; i++)
        {
            using var response = await stranger.GetAsync(i % 2 == 0 ? "/assets/enter.js" : "/api/v1/shares");
            statuses.Add(response.StatusCode);
        }

        for (var i = 0; i < 100; i++)
        {
            using var asset = await browser.GetAsync("/assets/enter.js");
            Assert.Equal(HttpStatusCode.OK, asset.StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
    }

    [Fact]
    public async Task The_cookie_is_kept_from_scripts_and_other_sites()
    {
        await using var service = await ServiceHarness.StartAsync();
        var window = await service.Client.OpenWindowAsync(new WindowOrder(), service.Token);
        using var browser = new BrowserStand(window.Origin);

        using var entered = await browser.EnterAsync(BrowserStand.Secret(window));
        var cookie = entered.Headers.GetValues("Set-Cookie").Single();

        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/receive")]
    [InlineData("/assets/enter.js")]
    [InlineData("/api/v1/shares")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/session")]
    public async Task Every_answer_forbids_what_it_can(string path)
    {
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);

        using var response = await browser.GetAsync(path);
        string Header(string name) => string.Join(',', response.Headers.TryGetValues(name, out var values) ? values : response.Content.Headers.TryGetValues(name, out values) ? values : []);

        Assert.Equal(SafeHeaders.ContentSecurityPolicy, Header("Content-Security-Policy"));
        Assert.DoesNotContain("unsafe", SafeHeaders.ContentSecurityPolicy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header("Referrer-Policy"));
        Assert.Equal("no-store", Header("Cache-Control"));
        Assert.Equal(("same-origin", "same-origin"), (Header("Cross-Origin-Opener-Policy"), Header("Cross-Origin-Resource-Policy")));
        Assert.Equal("", Header("Server"));
    }

    [Theory]
    [InlineData("/assets/../receive.html")]
    [InlineData("/assets/%2e%2e/receive.html")]
    [InlineData("/assets/..%2f..%2f..%2fetc/passwd")]
    [InlineData("/assets/%5c..%5creceive.html")]
    [InlineData("/assets/")]
    [InlineData("/assets//etc/passwd.js")]
    [InlineData("/receive.html")]
    [InlineData("/enter.html")]
    public async Task Only_the_site_is_served(string path)
    {
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);

        // By hand: a client of ours would tidy the path up.
        var answer = await RawAsync(browser, $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{browser.Port}\r\nCookie: {browser.Cookie}\r\nConnection: close\r\n\r\n", service.Token);

        Assert.Matches("^HTTP/1.1 (404|400) ", answer);
    }

    [Fact]
    public async Task Another_user_is_hung_up_on_even_with_the_cookie()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root" || !File.Exists("/usr/bin/setpriv") || !File.Exists("/usr/bin/curl"))
            return;
        await using var service = await ServiceHarness.StartAsync();
        await service.Client.CreateShareAsync(new ShareOrder { Text = "secret" }, service.Token);
        var window = await service.Client.OpenWindowAsync(new WindowOrder(), service.Token);
        using var browser = await BrowserStand.OpenAsync(service);

        var (root, own) = await CurlAsync([], browser, service.Token);
        var (nobody, other) = await CurlAsync(["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all"], browser, service.Token);
        var (unread, _) = await RunAsync(["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all", "/bin/cat", window.Door], service.Token);

        Assert.Equal((0, true), (root, own.Contains("blob", StringComparison.Ordinal)));
        Assert.NotEqual(0, nobody);
        Assert.Equal("", other);
        Assert.NotEqual(0, unread);
    }

    [Fact]
    public void The_kernels_table_says_whose_a_connection_is()
    {
        string[] table =
        [
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
            "   0: 0100007F:9C40 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 12345 1 0000000000000000 100 0 0 10 0",
            "   1: 0100007F:D431 0100007F:9C40 01 00000000:00000000 02:000AFD0B 00000000  1001        0 12346 2 0000000000000000 20 4 30 10 -1",
            "   2: 0100007F:9C40 0100007F:D431 01 00000000:00000000 02:000AFD0B 00000000  1000        0 12347 2 0000000000000000 20 4 30 10 -1",
        ];
        var peer = ConnectionOwner.Text(new IPEndPoint(IPAddress.Loopback, 0xD431));
        var own = ConnectionOwner.Text(new IPEndPoint(IPAddress.Loopback, 0x9C40));

        Assert.Equal(1001u, ConnectionOwner.Find(table, peer, own));
        Assert.Null(ConnectionOwner.Find(table, own, own));
    }

    private static Task<(int Code, string Output)> CurlAsync(string[] before, BrowserStand browser, CancellationToken cancellationToken) =>
        RunAsync([.. before, "/usr/bin/curl", "-s", "--max-time", "10", "--noproxy", "*", "-H", $"Cookie: {browser.Cookie}", $"{browser.Origin}/api/v1/shares"], cancellationToken);

    private static async Task<(int Code, string Output)> RunAsync(string[] command, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        await error;
        return (process.ExitCode, output);
    }

    private static async Task<string> RawAsync(BrowserStand browser, string request, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, browser.Port, cancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), cancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
