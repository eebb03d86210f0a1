using AltSendme.Primitives.Cryptography;
using AltSendme.Quic.Crypto;
using AltSendme.Quic.Tls;

namespace AltSendme.Quic.Tests.Tls;

/// <summary>A client and a server whose CRYPTO bytes are carried from one to the other in memory, in pieces of a chosen size, past an optional tamperer.</summary>
internal sealed class HandshakePair : IDisposable
{
    private readonly Dictionary<(Side, EncryptionLevel), PacketKeys> _keys = [];

    public HandshakePair(TlsConfiguration? client = null, TlsConfiguration? server = null)
    {
        ServerConfiguration = server ?? Configure(ServerIdentity);
        ClientConfiguration = client ?? Configure(ClientIdentity) with { ExpectedPeer = ServerConfiguration.PublicKey };
        Client = new ClientHandshake(ClientConfiguration, ClientParameters);
        Server = new ServerHandshake(ServerConfiguration, ServerParameters);
    }

    /// <summary>Changes a flight on its way: sender, level, bytes.</summary>
    public delegate byte[] Tamper(Side sender, EncryptionLevel level, byte[] bytes);

    public static byte[] ClientIdentity { get; } = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    public static byte[] ServerIdentity { get; } = [.. Enumerable.Range(101, 32).Select(i => (byte)i)];

    public static byte[] ClientParameters { get; } = [0x01, 0x02, 0x40, 0x64];

    public static byte[] ServerParameters { get; } = [0x04, 0x01, 0x05];

    public TlsConfiguration ClientConfiguration { get; }

    public TlsConfiguration ServerConfiguration { get; }

    public HandshakeSession Client { get; }

    public HandshakeSession Server { get; }

    public TransportError ClientError { get; private set; }

    public TransportError ServerError { get; private set; }

    public int PieceLength { get; init; } = int.MaxValue;

    public static TlsConfiguration Configure(byte[] secretKey, params string[] protocols)
    {
        var publicKey = new byte[Ed25519.PublicKeyLength];
        Ed25519.DerivePublicKey(secretKey, publicKey);
        return new TlsConfiguration
        {
            PublicKey = publicKey,
            Sign = (toSign, signature) => Ed25519.Sign(secretKey, toSign, signature),
            ApplicationProtocols = [.. (protocols is [] ? ["test/1"] : protocols).Select(Alpn)],
        };
    }

    public static ReadOnlyMemory<byte> Alpn(string name) => System.Text.Encoding.ASCII.GetBytes(name);

    public static byte Alert(TransportError error)
    {
        Assert.InRange((ulong)error.Code, (ulong)TransportErrorCode.CryptoErrorBase, (ulong)TransportErrorCode.CryptoErrorBase + 255);
        return (byte)error.Code;
    }

    public PacketKeys Keys(Side side, EncryptionLevel level) => _keys[(side, level)];

    /// <summary>Carries flights until neither end has more to say, or one fails.</summary>
    public HandshakePair Run(Tamper? tamper = null)
    {
        for (var moved = true; moved && !ClientError.IsError && !ServerError.IsError;)
            moved = Carry(Side.Client, tamper) | Carry(Side.Server, tamper);
        return this;
    }

    /// <summary>Carries what one end has to say now; false when that is nothing.</summary>
    public bool Carry(Side sender, Tamper? tamper = null)
    {
        var (from, to) = sender == Side.Client ? (Client, Server) : (Server, Client);
        var flights = new List<(EncryptionLevel, byte[])>();
        while (from.TryTakeOutgoing(out var level, out var bytes))
            flights.Add((level, tamper is null ? bytes.ToArray() : tamper(sender, level, bytes.ToArray())));

        TransportError error = default;
        foreach (var (level, bytes) in flights)
        {
            for (var at = 0; at < bytes.Length && !error.IsError; at += Math.Min(PieceLength, bytes.Length - at))
            {
                to.TryReceive(level, bytes.AsSpan(at, Math.Min(PieceLength, bytes.Length - at)), out error);
                TakeKeys(sender == Side.Client ? Side.Server : Side.Client, to);
            }
        }

        if (sender == Side.Client)
            ServerError = error;
        else
            ClientError = error;
        return flights.Count > 0;
    }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
        foreach (var keys in _keys.Values)
        {
            keys.Sealer.Dispose();
            keys.Opener.Dispose();
        }
    }

    private void TakeKeys(Side side, HandshakeSession session)
    {
        while (session.TryTakeKeys(out var level, out var keys))
            _keys.Add((side, level), keys);
    }
}
