using System.Net;
using AltSendme.Abstractions;
using Microsoft.Extensions.Logging.Abstractions;

namespace AltSendme.Transports.Tls.Tests;

/// <summary>Two endpoints on loopback: number 1 listens, number 2 dials.</summary>
internal sealed class TransportPair : IAsyncDisposable
{
    public static readonly Alpn Protocol = new("/test/1");

    private TransportPair(int port, TlsTransport listening, IPAddress address)
    {
        Listening = listening;
        EndPoint = new IPEndPoint(address, port);
    }

    public static TestIdentity Server { get; } = new(1);

    public static TestIdentity Client { get; } = new(2);

    public TlsTransport Listening { get; }

    public TlsTransport Dialling { get; } = Transport(Client);

    public IPEndPoint EndPoint { get; }

    public static TlsTransport Transport(IEndpointIdentity identity, TimeProvider? time = null) =>
        new(new EndpointContext(identity, null!), time ?? TimeProvider.System, NullLogger.Instance);

    public static Task<TransportPair> StartAsync() => StartAsync(IPAddress.Loopback);

    public static async Task<TransportPair> StartAsync(IPAddress address, TimeProvider? time = null)
    {
        var listening = Transport(Server, time);
        var port = await listening.ListenAsync(new ListenOptions([Protocol]) { Addresses = [address] });
        return new TransportPair(port!.Value, listening, address);
    }

    public async Task<IConnection> DialAsync() => await Dialling.DialAsync(Server.Id, Candidates.Of(EndPoint), Protocol);

    public async Task<IConnection> AcceptAsync()
    {
        await foreach (var connection in Listening.AcceptAsync())
            return connection;
        throw new InvalidOperationException("The transport ended.");
    }

    public async Task<(IConnection Client, IConnection Server)> ConnectAsync()
    {
        var accepting = AcceptAsync();
        return (await DialAsync(), await accepting);
    }

    public static async Task<(IByteStream Client, IByteStream Server)> OpenAsync(IConnection client, IConnection server)
    {
        var opened = await client.OpenStreamAsync();
        return (opened, (await server.AcceptStreamAsync())!);
    }

    public async ValueTask DisposeAsync()
    {
        await Dialling.DisposeAsync();
        await Listening.DisposeAsync();
    }
}
