using AltSendme.Abstractions;
using AltSendme.Relays.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace AltSendme.Relays.Iroh.Tests;

/// <summary>A relay on loopback and tunnels to it.</summary>
internal sealed class RelayLab : IAsyncDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly RelayServer _server;
    private readonly List<RelayTunnel> _tunnels = [];

    private RelayLab(RelayServer server) => _server = server;

    public RelayWeb Web { get; } = new(new RelayClientOptions { UseProxy = false });

    public RelayServer Server => _server;

    public Uri Url => _server.Addresses[0];

    public static async Task<RelayLab> StartAsync(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("Listen", (string?)"127.0.0.1:0")])
            .AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
        var server = RelayServer.Create(configuration);
        await server.StartAsync();
        return new RelayLab(server);
    }

    public RelayTunnel Open(byte number, string? token = null, Uri? url = null, TimeProvider? timeProvider = null)
    {
        var tunnel = new RelayTunnel(new RelayContext(new Identity(number), url ?? Url) { AccessToken = token }, Web, timeProvider ?? TimeProvider.System, NullLogger.Instance);
        _tunnels.Add(tunnel);
        return tunnel;
    }

    public RelayTunnel Open(RelayContext context)
    {
        var tunnel = new RelayTunnel(context, Web, TimeProvider.System, NullLogger.Instance);
        _tunnels.Add(tunnel);
        return tunnel;
    }

    public async Task<RelayTunnel> ConnectAsync(byte number, string? token = null)
    {
        var tunnel = Open(number, token);
        await UntilAsync(tunnel, static state => state.Status == RelayStatus.Connected);
        return tunnel;
    }

    public static async Task<RelayState> UntilAsync(IRelay tunnel, Func<RelayState, bool> wanted)
    {
        using var limit = new CancellationTokenSource(Limit);
        await foreach (var state in tunnel.WatchStateAsync(limit.Token))
        {
            if (wanted(state))
                return state;
        }

        throw new InvalidOperationException("The tunnel ended in another state.");
    }

    public static async Task<(RelayReceived Received, byte[] Contents)> ReceiveAsync(IRelay tunnel)
    {
        using var limit = new CancellationTokenSource(Limit);
        var buffer = new byte[64 * 1024];
        var received = await tunnel.ReceiveAsync(buffer, limit.Token);
        return (received, received.Datagrams.Contents.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var tunnel in _tunnels)
            await tunnel.DisposeAsync();
        await _server.StopAsync();
        await _server.DisposeAsync();
        Web.Dispose();
    }
}
