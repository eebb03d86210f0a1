using System.Net;
using AltSendme.Abstractions;

namespace AltSendme.Plugins.Testing;

/// <summary>Two endpoints on loopback: number 1 listens, number 2 dials. Owns both transports.</summary>
public sealed class TransportPair : IAsyncDisposable
{
    /// <summary>The protocol of the tests.</summary>
    public static readonly Alpn Protocol = new("/test/1");

    private readonly Func<IPEndPoint, EndpointAddress> _addressOf;

    private TransportPair(ITransport listening, ITransport dialling, IPEndPoint endPoint, Func<IPEndPoint, EndpointAddress> addressOf)
    {
        _addressOf = addressOf;
        Listening = listening;
        Dialling = dialling;
        EndPoint = endPoint;
    }

    /// <summary>Who listens.</summary>
    public static TestIdentity Server { get; } = new(1);

    /// <summary>Who dials.</summary>
    public static TestIdentity Client { get; } = new(2);

    /// <summary>The transport that listens.</summary>
    public ITransport Listening { get; }

    /// <summary>The transport that dials.</summary>
    public ITransport Dialling { get; }

    /// <summary>Where the first one listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Makes both transports and lets the first listen.</summary>
    /// <param name="create">Makes a transport for an identity.</param>
    /// <param name="address">The local address to listen on.</param>
    /// <param name="addressOf">How the transport writes a socket address; as an IP address by default.</param>
    public static async Task<TransportPair> StartAsync(Func<IEndpointIdentity, ITransport> create, IPAddress address, Func<IPEndPoint, EndpointAddress>? addressOf = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        var listening = create(Server);
        var port = await listening.ListenAsync(new ListenOptions([Protocol]) { Addresses = [address] });
        return new TransportPair(listening, create(Client), new IPEndPoint(address, port ?? await PortAsync(listening)), addressOf ?? EndpointAddress.FromIp);
    }

    /// <summary>Connects from the second to the first.</summary>
    public async Task<IConnection> DialAsync() => await Dialling.DialAsync(Server.Id, new[] { new Candidate(_addressOf(EndPoint), CandidateSource.Ticket) }.ToAsyncEnumerable(), Protocol);

    /// <summary>Takes one connection.</summary>
    public async Task<IConnection> AcceptAsync()
    {
        await foreach (var connection in Listening.AcceptAsync())
            return connection;
        throw new InvalidOperationException("The transport ended.");
    }

    /// <summary>Both ends of one connection.</summary>
    public async Task<(IConnection Client, IConnection Server)> ConnectAsync()
    {
        var accepting = AcceptAsync();
        return (await DialAsync(), await accepting);
    }

    /// <summary>
    /// Both ends of a stream that the first connection opens. A peer may hear of a stream only with its first byte, so one byte is sent and read.
    /// </summary>
    public static async Task<(IByteStream Near, IByteStream Far)> OpenAsync(IConnection opening, IConnection accepting)
    {
        ArgumentNullException.ThrowIfNull(opening);
        ArgumentNullException.ThrowIfNull(accepting);
        var near = await opening.OpenStreamAsync();
        await near.Output.WriteAsync(new byte[1]);
        var far = await accepting.AcceptStreamAsync() ?? throw new InvalidOperationException("The connection ended.");
        var first = await far.Input.ReadAtLeastAsync(1);
        far.Input.AdvanceTo(first.Buffer.GetPosition(1));
        return (near, far);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Dialling.DisposeAsync();
        await Listening.DisposeAsync();
    }

    // A transport whose port serves itself alone does not tell it to the host, but its addresses end with it.
    internal static async Task<int> PortAsync(ITransport listening)
    {
        await foreach (var addresses in listening.WatchAddressesAsync())
            return int.Parse(addresses[0].Text[(addresses[0].Text.LastIndexOf(':') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        throw new InvalidOperationException("The transport ended.");
    }
}
