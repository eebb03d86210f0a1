using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AltSendme.Primitives.Cryptography;
using AltSendme.Quic;
using AltSendme.Quic.Driver;

namespace AltSendme.Interop.QuicNode;

/// <summary>Our endpoint and a real one, and one connection between them; either may be the client.</summary>
internal sealed class Session(IrohNode iroh, CancellationToken deadline) : IAsyncDisposable
{
    /// <summary>The protocol that both speak.</summary>
    public const string Protocol = "altsendme-interop";

    /// <summary>Another one that both speak, with lower preference.</summary>
    public const string SecondProtocol = "altsendme-second";

    private readonly List<bool> _visitors = [];
    private int? _lossPercent;
    private int _seed;
    private LossyProxy? _proxy;

    /// <summary>Our endpoint.</summary>
    public QuicEndpoint Endpoint { get; private set; } = null!;

    /// <summary>Our end of the connection.</summary>
    public QuicConnection Connection { get; private set; } = null!;

    /// <summary>Bounds everything.</summary>
    public CancellationToken Deadline => deadline;

    /// <summary>The peer's key.</summary>
    public byte[] PeerKey { get; private set; } = [];

    /// <summary>The peer's address.</summary>
    public IPEndPoint PeerAddress { get; private set; } = new(IPAddress.Loopback, 0);

    /// <summary>Our key.</summary>
    public byte[] Key { get; private set; } = [];

    /// <summary>Whether the address of each client that asked was validated: as we saw it when we are the server, as the peer did otherwise.</summary>
    public IReadOnlyList<bool> Visitors => _visitors;

    private int PeerConnection { get; set; }

    /// <summary>Binds both endpoints. With <paramref name="lossPercent"/> a proxy stands between them, and <paramref name="seed"/> decides what it does.</summary>
    public async Task BindAsync(ConnectionOptions? options = null, int? lossPercent = null, int seed = 1, QuicIncomingDecision decision = QuicIncomingDecision.Accept)
    {
        _lossPercent = lossPercent;
        _seed = seed;
        var secret = RandomNumberGenerator.GetBytes(Ed25519.SecretKeyLength);
        Key = new byte[Ed25519.PublicKeyLength];
        Ed25519.DerivePublicKey(secret, Key);
        Endpoint = QuicEndpoint.Bind(new QuicEndpointOptions
        {
            LocalEndPoint = new IPEndPoint(IPAddress.Loopback, 0),
            PublicKey = Key,
            Sign = (toSign, signature) => Ed25519.Sign(secret, toSign, signature),
            ApplicationProtocols = [Encoding.ASCII.GetBytes(Protocol), Encoding.ASCII.GetBytes(SecondProtocol)],
            Connection = options ?? new ConnectionOptions(),
            DecideIncoming = incoming =>
            {
                _visitors.Add(incoming.IsAddressValidated);
                return decision;
            },
        });
        var bound = await AskAsync(new { op = "bind", alpns = new[] { Protocol, SecondProtocol } }).ConfigureAwait(false);
        PeerKey = Convert.FromHexString(bound.GetProperty("id").GetString()!);
        PeerAddress = new IPEndPoint(IPAddress.Loopback, bound.GetProperty("port").GetInt32());
    }

    /// <summary>Connects, as client or server, and checks both identities.</summary>
    public async Task ConnectAsync(bool weConnect, bool retry = false, bool alsoDirectly = false, string protocol = Protocol)
    {
        JsonElement theirs;
        if (weConnect)
        {
            var server = Through(PeerAddress);
            var accepting = AskAsync(new { op = "accept", retry });
            ReadOnlyMemory<byte>[] offered = [Encoding.ASCII.GetBytes("nobody-speaks-this"), Encoding.ASCII.GetBytes(protocol)];
            Connection = await Endpoint.ConnectAsync(server, PeerKey, offered, Deadline).ConfigureAwait(false);
            theirs = await accepting.ConfigureAwait(false);
            _visitors.Add(theirs.GetProperty("validated").GetBoolean());
        }
        else
        {
            // A client that knows several addresses sends its first datagrams to all of them.
            var direct = Endpoint.LocalEndPoint;
            int[] ports = alsoDirectly ? [Through(direct).Port, direct.Port] : [Through(direct).Port];
            var connecting = AskAsync(new { op = "connect", id = Convert.ToHexString(Key), ports, alpn = protocol });
            Connection = await Endpoint.AcceptAsync(Deadline).ConfigureAwait(false);
            theirs = await connecting.ConfigureAwait(false);
        }

        PeerConnection = theirs.GetProperty("connection").GetInt32();
        Expect(Connection.RemotePublicKey.Span.SequenceEqual(PeerKey), "We see another key than the peer's.");
        Expect(string.Equals(theirs.GetProperty("remote").GetString(), Convert.ToHexString(Key), StringComparison.OrdinalIgnoreCase), "The peer sees another key than ours.");
        Expect(Encoding.ASCII.GetString(Connection.ApplicationProtocol.Span) == protocol && theirs.GetProperty("alpn").GetString() == protocol, "The protocols differ.");
    }

    /// <summary>Asks the peer for something that concerns no connection.</summary>
    public Task<JsonElement> AskAsync(object request) => iroh.AskAsync(request, Deadline);

    /// <summary>Asks the peer to do something on the connection.</summary>
    public Task<JsonElement> AskConnectionAsync(string op, int count = 0, ulong code = 0, string reason = "", string data = "") =>
        AskAsync(new { op, connection = PeerConnection, count, code, reason, data });

    /// <summary>Has the peer open or accept a stream and returns its number there.</summary>
    public async Task<int> PeerStreamAsync(string op) => (await AskConnectionAsync(op).ConfigureAwait(false)).GetProperty("stream").GetInt32();

    /// <summary>Asks the peer to do something on a stream.</summary>
    public Task<JsonElement> AskStreamAsync(string op, int stream, long length = 0, bool finish = false, ulong code = 0) => AskAsync(new { op, stream, length, finish, code });

    /// <summary>Fails the scenario unless something holds.</summary>
    public static void Expect(bool condition, string otherwise)
    {
        if (!condition)
            throw new InvalidOperationException(otherwise);
    }

    // Where the client finds the server: at its own address, or at a proxy that loses, doubles and swaps datagrams.
    private IPEndPoint Through(IPEndPoint server)
    {
        if (_lossPercent is not { } percent)
            return server;
        _proxy = new LossyProxy(server, percent, _seed);
        return _proxy.Address;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_proxy is not null)
            await _proxy.DisposeAsync().ConfigureAwait(false);
        if (Endpoint is not null)
            await Endpoint.DisposeAsync().ConfigureAwait(false);
    }
}
