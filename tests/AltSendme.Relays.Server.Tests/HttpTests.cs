using System.Net;

namespace AltSendme.Relays.Server.Tests;

public sealed class HttpTests
{
    [Theory]
    [InlineData("/ping", HttpStatusCode.OK)]
    [InlineData("/healthz", HttpStatusCode.OK)]
    [InlineData("/generate_204", HttpStatusCode.NoContent)]
    [InlineData("/metrics", HttpStatusCode.NotFound)]
    [InlineData("/", HttpStatusCode.NotFound)]
    [InlineData("/relay", HttpStatusCode.UpgradeRequired)]
    public async Task The_relay_answers_what_clients_ask_and_nothing_else(string path, HttpStatusCode expected)
    {
        await using var relay = await RelayHarness.StartAsync();
        using var http = new HttpClient();

        using var response = await http.GetAsync(new Uri(relay.Url, path));

        Assert.Equal(expected, response.StatusCode);
        Assert.Null(response.Headers.Server.FirstOrDefault());
    }

    [Theory]
    [InlineData("abc.DEF-1_2", "response abc.DEF-1_2")]
    [InlineData("with space", null)]
    public async Task A_captive_portal_can_be_told_from_the_relay(string challenge, string? expected)
    {
        await using var relay = await RelayHarness.StartAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(relay.Url, "/generate_204"));
        request.Headers.TryAddWithoutValidation("X-Iroh-Challenge", challenge);

        using var response = await http.SendAsync(request);

        Assert.Equal(expected, response.Headers.TryGetValues("X-Iroh-Response", out var values) ? values.Single() : null);
    }

    [Fact]
    public async Task Metrics_have_a_port_of_their_own_and_prometheus_format()
    {
        await using var relay = await RelayHarness.StartAsync(("MetricsListen", "127.0.0.1:0"));
        await relay.ConnectAsync(1);
        using var http = new HttpClient();

        using var response = await http.GetAsync(new Uri(relay.Server.Addresses[1], "/metrics"));
        var text = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("# TYPE altsendme_relay_clients gauge\naltsendme_relay_clients 1\n", text, StringComparison.Ordinal);
        Assert.All(text.TrimEnd('\n').Split('\n'), static line => Assert.Matches(@"^(# (HELP|TYPE) altsendme_relay_[a-z_]+ .+|altsendme_relay_[a-z_]+(\{kind=""\w+""\})? \d+)$", line));
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri(relay.Server.Addresses[1], "/relay"))).StatusCode);
    }

    [Theory]
    [InlineData("iroh-relay-v2, iroh-relay-v1", 13)]
    [InlineData("iroh-relay-v1", 11)]
    public async Task A_status_is_told_in_the_version_that_was_agreed_on(string protocols, byte type)
    {
        await using var relay = await RelayHarness.StartAsync();
        var old = await relay.ConnectAsync(1, protocols: protocols);
        await relay.ConnectAsync(1);

        Assert.Equal(type, (await old.ReceiveAsync())![0]);
    }

    [Fact]
    public async Task A_relay_that_is_full_says_so()
    {
        await using var relay = await RelayHarness.StartAsync(("Limits:Clients", "1"));
        await relay.ConnectAsync(1);

        var refused = await Record.ExceptionAsync(() => relay.UpgradeAsync());

        Assert.Contains("503", refused?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_relay_that_goes_down_says_when_to_come_back_and_closes_with_a_code()
    {
        await using var relay = await RelayHarness.StartAsync(("Restart:Spread", "00:00:00"), ("Restart:TryFor", "00:00:10"));
        var client = await relay.ConnectAsync(1);

        var stopping = relay.Server.StopAsync();

        Assert.Equal("0C0000000000002710", Convert.ToHexString((await client.ReceiveAsync())!));
        Assert.Null(await client.ReceiveAsync());
        Assert.Equal(1012, client.CloseCode);
        client.Dispose();
        await relay.AdvanceUntilAsync(() => stopping.IsCompleted, "the relay has stopped");
        await stopping;
    }
}
