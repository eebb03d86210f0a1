using AltSendme.Relays.Server.Metrics;
using AltSendme.TestKit;
using Microsoft.Extensions.Configuration;

namespace AltSendme.Relays.Server.Tests;

/// <summary>A relay on loopback whose clock stands still until the test moves it.</summary>
internal sealed class RelayHarness : IAsyncDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly RelayServer _server;
    private readonly List<RawClient> _clients = [];

    private RelayHarness(RelayServer server) => _server = server;

    public VirtualTime Time { get; private init; } = new();

    public RelayServer Server => _server;

    public RelayMetrics Metrics => _server.Metrics;

    public Uri Url => _server.Addresses[0];

    public static async Task<RelayHarness> StartAsync(params (string Key, string Value)[] settings)
    {
        var time = new VirtualTime();
        var server = RelayServer.Create(Settings(settings), time);
        await server.StartAsync();
        return new RelayHarness(server) { Time = time };
    }

    public static IConfigurationRoot Settings(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection([KeyValuePair.Create("Listen", (string?)"127.0.0.1:0")])
        .AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
        .Build();

    /// <summary>A WebSocket that has not proved anything yet.</summary>
    public async Task<RawClient> UpgradeAsync(string? token = null, string protocols = "iroh-relay-v2, iroh-relay-v1")
    {
        var client = await RawClient.UpgradeAsync(Url, token, protocols);
        _clients.Add(client);
        return client;
    }

    /// <summary>A client that has been let in.</summary>
    public async Task<RawClient> ConnectAsync(byte number, string? token = null, string protocols = "iroh-relay-v2")
    {
        var client = await UpgradeAsync(token, protocols);
        var answer = await client.AuthenticateAsync(number);
        Assert.Equal("02", Convert.ToHexString(answer));
        return client;
    }

    /// <summary>Waits until something is so, and says what when it never is.</summary>
    public static Task UntilAsync(Func<bool> condition, string what) => UntilAsync(() => Task.FromResult(condition()), what);

    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!await condition())
        {
            Assert.False(limit.IsCancellationRequested, $"Waited in vain until {what}.");
            await Task.Delay(10);
        }
    }

    /// <summary>Moves the clock second by second until something is so.</summary>
    public Task AdvanceUntilAsync(Func<bool> condition, string what) => AdvanceUntilAsync(() => Task.FromResult(condition()), what);

    public Task AdvanceUntilAsync(Func<Task<bool>> condition, string what) => UntilAsync(
        async () =>
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            return await condition();
        },
        what);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        await AdvanceUntilAsync(() => Volatile.Read(ref Metrics.Clients) == 0, "all clients are gone");
        await _server.StopAsync();
        await _server.DisposeAsync();
    }
}
