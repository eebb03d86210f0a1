using System.Net;
using System.Net.Sockets;
using System.Text;
using AltSendme.RelayProtocol;

namespace AltSendme.Relays.Server.Tests;

public sealed class AccessTests
{
    private const string Token = "a-token-of-twenty-letters";

    [Theory]
    [InlineData(Token, true)]
    [InlineData("a-token-of-twenty-lettersX", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public async Task Only_a_known_token_opens_the_relay(string? token, bool admitted)
    {
        await using var relay = await RelayHarness.StartAsync(("Access:Mode", "Tokens"), ("Access:Tokens:0", "another-token-entirely"), ("Access:Tokens:1", Token));

        Assert.Equal(admitted, await IsAdmittedAsync(relay, 1, token));
        Assert.Equal(admitted ? 0 : 1, Volatile.Read(ref relay.Metrics.AccessDenied));
    }

    [Theory]
    [InlineData("AllowList", 1, true)]
    [InlineData("AllowList", 2, false)]
    [InlineData("DenyList", 1, false)]
    [InlineData("DenyList", 2, true)]
    public async Task Lists_let_in_whom_they_should(string mode, byte number, bool admitted)
    {
        await using var relay = await RelayHarness.StartAsync(("Access:Mode", mode), ("Access:Endpoints:0", Convert.ToHexString(RawClient.Id(1))));

        Assert.Equal(admitted, await IsAdmittedAsync(relay, number, null));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntrue", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfalse", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\ntrue\n", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", false)]
    [InlineData("HTTP/1.1 201 Created\r\nContent-Length: 4\r\n\r\ntrue", false)]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: /yes\r\nContent-Length: 4\r\n\r\ntrue", false)]
    [InlineData("HTTP/1.1 500 Oops\r\nContent-Length: 4\r\n\r\ntrue", false)]
    [InlineData("nonsense\r\n\r\n", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\ntr", false)]
    public async Task The_service_that_is_asked_says_true_or_nobody_gets_in(string answer, bool admitted)
    {
        await using var service = new Service(answer);
        await using var relay = await RelayHarness.StartAsync(("Access:Mode", "CallOut"), ("Access:CallOutUrl", service.Url), ("Access:CallOutToken", "who-asks"));

        Assert.Equal(admitted, await IsAdmittedAsync(relay, 1, null));
        Assert.Contains($"X-Iroh-NodeId: {Convert.ToHexStringLower(RawClient.Id(1))}", Assert.Single(service.Requests), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Authorization: Bearer who-asks", service.Requests[0], StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task While_an_answer_holds_the_service_is_not_asked_again()
    {
        await using var service = new Service("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntrue");
        await using var relay = await RelayHarness.StartAsync(("Access:Mode", "CallOut"), ("Access:CallOutUrl", service.Url));

        await IsAdmittedAsync(relay, 1, null);
        await IsAdmittedAsync(relay, 1, null);
        Assert.Single(service.Requests);

        relay.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.True(await IsAdmittedAsync(relay, 1, null));
        Assert.Equal(2, service.Requests.Count);
    }

    [Fact]
    public async Task A_service_that_is_down_lets_nobody_in()
    {
        var service = new Service("");
        var url = service.Url;
        await service.DisposeAsync();
        await using var relay = await RelayHarness.StartAsync(("Access:Mode", "CallOut"), ("Access:CallOutUrl", url));

        Assert.False(await IsAdmittedAsync(relay, 1, null));
    }

    [Fact]
    public async Task A_service_that_does_not_answer_in_time_lets_nobody_in()
    {
        await using var service = new Service(null);
        await using var relay = await RelayHarness.StartAsync(("Access:Mode", "CallOut"), ("Access:CallOutUrl", service.Url));
        var client = await relay.UpgradeAsync();
        var answer = client.AuthenticateAsync(1);
        await RelayHarness.UntilAsync(() => service.Requests.Count == 1, "the service is asked");

        relay.Time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(3, (await answer)[0]);
    }

    private static async Task<bool> IsAdmittedAsync(RelayHarness relay, byte number, string? token)
    {
        var client = await relay.UpgradeAsync(token);
        var frame = await client.AuthenticateAsync(number);
        Assert.True(AuthAnswer.TryRead(frame, out var answer, out _));
        Assert.Equal(answer.Type == FrameType.ServerDeniesAuth ? "not authorized" : "", answer.ReasonText());
        return answer.Type == FrameType.ServerConfirmsAuth;
    }

    /// <summary>A web service with one answer, or none.</summary>
    private sealed class Service : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _running;

        public Service(string? answer)
        {
            _listener.Start();
            Url = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/may";
            _running = RunAsync(answer, _stop.Token);
        }

        public string Url { get; }

        public List<string> Requests { get; } = [];

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            _listener.Stop();
            await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stop.Dispose();
        }

        private async Task RunAsync(string? answer, CancellationToken stop)
        {
            while (true)
            {
                using var connection = await _listener.AcceptTcpClientAsync(stop);
                var buffer = new byte[8192];
                var length = await connection.GetStream().ReadAsync(buffer, stop);
                Requests.Add(Encoding.ASCII.GetString(buffer, 0, length));
                if (answer is null)
                    await Task.Delay(Timeout.Infinite, stop);
                await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer!), stop);
            }
        }
    }
}
