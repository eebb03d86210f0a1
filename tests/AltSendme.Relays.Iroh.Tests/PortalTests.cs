using System.Net;
using System.Net.Sockets;
using System.Text;
using AltSendme.Abstractions;
using AltSendme.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace AltSendme.Relays.Iroh.Tests;

/// <summary>A relay that can't be reached, and something on its host that answers plain HTTP.</summary>
public sealed class PortalTests
{
    [Theory]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://login.portal.example/\r\nContent-Length: 0\r\n\r\n", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nlogin", true)]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", true)]
    [InlineData("HTTP/1.1 204 No Content\r\nX-Iroh-Response: response ts_another\r\n\r\n", true)]
    [InlineData("HTTP/1.1 204 No Content\r\nX-Iroh-Response: response ts_localhost\r\n\r\n", false)]
    [InlineData("HTTP/1.1 301 Moved\r\nLocation: https://localhost/\r\nContent-Length: 0\r\n\r\n", false)]
    [InlineData("nonsense\r\n\r\n", false)]
    public async Task Whoever_answers_in_place_of_a_relay_that_is_out_of_reach_is_named_a_portal(string answer, bool isPortal)
    {
        await using var portal = new Portal(answer);
        using var web = new RelayWeb(new RelayClientOptions { UseProxy = false }) { PortalPort = portal.Port };
        var relay = new Uri($"https://localhost:{FreePort()}/");

        // Time stands still: an answer that is slow because the machine is busy is an answer.
        var clock = new VirtualTime();
        var report = await new LatencyProbe(web, clock).MeasureAsync(relay, CancellationToken.None);
        await using var tunnel = new RelayTunnel(new RelayContext(new Identity(1), relay), web, clock, NullLogger.Instance);
        var state = await RelayLab.UntilAsync(tunnel, static state => state.Detail is not null);

        Assert.Equal((isPortal, isPortal), (report.Detail!.Contains("captive portal", StringComparison.Ordinal), state.Detail!.Contains("captive portal", StringComparison.Ordinal)));
        Assert.All(portal.Requests, static request => Assert.StartsWith("GET /generate_204 ", request, StringComparison.Ordinal));
        Assert.All(portal.Requests, static request => Assert.Contains("X-Iroh-Challenge: ts_localhost", request, StringComparison.OrdinalIgnoreCase));
        Assert.NotEmpty(portal.Requests);
    }

    [Fact]
    public async Task Our_own_relay_answers_as_a_relay_does()
    {
        await using var lab = await RelayLab.StartAsync();

        Assert.False(await new PortalProbe(lab.Web, TimeProvider.System).FindsOneAsync(lab.Url, CancellationToken.None));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Answers everybody the same.</summary>
    private sealed class Portal : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _running;

        public Portal(string answer)
        {
            _listener.Start();
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
            _running = RunAsync(answer, _stop.Token);
        }

        public int Port { get; }

        public List<string> Requests { get; } = [];

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            _listener.Stop();
            await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stop.Dispose();
        }

        private async Task RunAsync(string answer, CancellationToken stop)
        {
            while (true)
            {
                using var connection = await _listener.AcceptTcpClientAsync(stop);
                var buffer = new byte[4096];
                var length = await connection.GetStream().ReadAsync(buffer, stop);
                Requests.Add(Encoding.ASCII.GetString(buffer, 0, length));
                await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer), stop);
            }
        }
    }
}
