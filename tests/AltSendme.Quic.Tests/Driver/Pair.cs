using System.Net;
using System.Security.Cryptography;
using System.Text;
using AltSendme.Primitives.Cryptography;
using AltSendme.Quic.Driver;

namespace AltSendme.Quic.Tests.Driver;

/// <summary>Two endpoints on loopback that know each other, and a bound on everything that is awaited.</summary>
internal sealed class Pair : IAsyncDisposable
{
    public static readonly ReadOnlyMemory<byte> Protocol = Encoding.ASCII.GetBytes("altsendme-test");

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _deadline = new(Limit);

    private Pair(QuicEndpoint server, ReadOnlyMemory<byte> serverKey, QuicEndpoint client, ReadOnlyMemory<byte> clientKey)
    {
        Server = server;
        ServerKey = serverKey;
        Client = client;
        ClientKey = clientKey;
    }

    public QuicEndpoint Server { get; }

    public ReadOnlyMemory<byte> ServerKey { get; }

    public QuicEndpoint Client { get; }

    public ReadOnlyMemory<byte> ClientKey { get; }

    public CancellationToken Deadline => _deadline.Token;

    public static Pair Bind(ConnectionOptions? options = null, Func<QuicEndpointOptions, QuicEndpointOptions>? server = null, Func<QuicEndpointOptions, QuicEndpoint>? bind = null)
    {
        var serverOptions = Identity(options) with { ApplicationProtocols = [Protocol] };
        serverOptions = server?.Invoke(serverOptions) ?? serverOptions;
        var clientOptions = Identity(options);
        bind ??= QuicEndpoint.Bind;
        return new Pair(bind(serverOptions), serverOptions.PublicKey, bind(clientOptions), clientOptions.PublicKey);
    }

    public static QuicEndpointOptions Identity(ConnectionOptions? options = null)
    {
        var secret = RandomNumberGenerator.GetBytes(Ed25519.SecretKeyLength);
        var key = new byte[Ed25519.PublicKeyLength];
        Ed25519.DerivePublicKey(secret, key);
        return new QuicEndpointOptions
        {
            LocalEndPoint = new IPEndPoint(IPAddress.Loopback, 0),
            PublicKey = key,
            Sign = (toSign, signature) => Ed25519.Sign(secret, toSign, signature),
            Connection = options ?? new ConnectionOptions(),
        };
    }

    public async Task<(QuicConnection Client, QuicConnection Server)> ConnectAsync()
    {
        var accepting = Server.AcceptAsync(Deadline);
        var client = await Client.ConnectAsync(Server.LocalEndPoint, ServerKey, Protocol, Deadline);
        return (client, await accepting);
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
        _deadline.Dispose();
    }
}
