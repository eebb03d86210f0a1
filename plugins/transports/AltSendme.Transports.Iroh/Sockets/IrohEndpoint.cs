using System.Collections.Concurrent;
using System.Net;
using System.Text;
using AltSendme.Abstractions;
using AltSendme.IpPaths;
using AltSendme.Quic;
using AltSendme.Quic.Driver;
using AltSendme.Quic.Paths;
using AltSendme.Transports.Iroh.Connections;
using AltSendme.Transports.Iroh.Disco;
using AltSendme.Transports.Iroh.PublicAddresses;
using Microsoft.Extensions.Logging;

namespace AltSendme.Transports.Iroh.Sockets;

/// <summary>One local address with all that runs on it: QUIC in both directions, discovery messages, relays. Owns them.</summary>
internal sealed class IrohEndpoint : IAsyncDisposable
{
    private readonly QuicEndpoint _quic;
    private readonly DiscoExchange _disco;
    private readonly AddressReport _addresses;
    private readonly PublicAddressWatch? _public;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<IrohConnection, EndpointId> _connections = new();

    private IrohEndpoint(EndpointContext context, IDatagramPath udp, IReadOnlyList<Alpn> protocols, RelayPaths relays, IrohOptions settings, TimeProvider time, ILogger logger)
    {
        Relays = relays;
        _time = time;
        _logger = logger;
        var identity = context.Identity;
        var socket = new EndpointSocket(udp, relays, new AddressGate(context));
        _quic = QuicEndpoint.Over(OptionsFor(identity, socket, protocols, settings, time), socket);
        _addresses = new AddressReport(logger.AddressesUnknown);
        _addresses.Start([.. Families(_quic.LocalEndPoint)]);
        _disco = new DiscoExchange(identity, socket, relays, time)
        {
            IsConnected = peer => _connections.Values.Contains(peer),
            OwnAddresses = () => Reachable,
            OnHeard = OnHeard,
        };
        relays.OnArrival = socket.Wake;
        if (settings.AddressDiscovery)
            _public = new PublicAddressWatch(_quic, settings.Authorities, time, logger) { OnChanged = OnPublicAddressChanged };
    }

    /// <summary>The address that was bound.</summary>
    public IPEndPoint LocalEndPoint => _quic.LocalEndPoint;

    /// <summary>The relays that its connections may use.</summary>
    public RelayPaths Relays { get; }

    /// <summary>The IP addresses at which it can be reached.</summary>
    public AddressReport Addresses => _addresses;

    /// <summary>Where peers may reach it: at the addresses of interfaces, and at those that a relay sees.</summary>
    public IReadOnlyList<IPEndPoint> Reachable => [.. _addresses.Current.Union(_public?.Current ?? [])];

    /// <summary>Called after the relay has told another public address, from any thread.</summary>
    public Action? PublicAddressChanged { get; set; }

    /// <summary>Sets an endpoint to work on a bound socket, which it then owns.</summary>
    public static IrohEndpoint Start(IDatagramPath udp, IReadOnlyList<Alpn> protocols, EndpointContext context, IrohOptions settings, TimeProvider time, ILogger logger) =>
        new(context, udp, protocols, new RelayPaths(context.Relays, logger), settings, time, logger);

    /// <summary>Waits for the next peer that proved its id.</summary>
    /// <exception cref="ObjectDisposedException">The endpoint was disposed.</exception>
    public async ValueTask<IrohConnection> AcceptAsync(CancellationToken cancellationToken) => Adopt(await _quic.AcceptAsync(cancellationToken), isDialled: false);

    /// <summary>Begins to connect to a peer at an address; more can be added to what is returned.</summary>
    public async Task<QuicConnection> StartConnectAsync(EndpointId remote, NetworkAddress address, Alpn protocol)
    {
        Knock(remote, address);
        return await _quic.StartConnectAsync(address, remote.ToArray(), [Encoding.UTF8.GetBytes(protocol.Name)]);
    }

    /// <summary>Adds an address to a connection that is being made.</summary>
    public void AddRemote(QuicConnection connection, EndpointId remote, in NetworkAddress address)
    {
        Knock(remote, address);
        connection.AddRemote(address);
    }

    /// <summary>Takes over a connection whose handshake is complete.</summary>
    public IrohConnection Adopt(QuicConnection quic, bool isDialled)
    {
        var connection = new IrohConnection(quic, this, isDialled, _time, _logger);
        _connections.TryAdd(connection, connection.RemoteId);
        _disco.OnConnected(connection.RemoteId);
        connection.Closed.ContinueWith(_ => _connections.TryRemove(connection, out EndpointId _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return connection;
    }

    /// <summary>From here on asks this relay for the public address.</summary>
    public void AskPublicAddress(Uri? relay) => _public?.Ask(relay);

    /// <summary>Asks this relay for the public address if none is asked yet.</summary>
    public void AskPublicAddressIfNone(Uri relay) => _public?.AskIfNone(relay);

    /// <summary>Asks a peer that is reached by relay for a direct path.</summary>
    public void SeekDirectPath(EndpointId remote, in NetworkAddress relayed) => _disco.CallMeMaybe(remote, relayed);

    /// <summary>How an address is called outside.</summary>
    public ConnectionPath Describe(in QuicPath path)
    {
        if (Relays.TryFind(path.Remote, out var relay, out _))
            return new ConnectionPath(PathKind.Relayed, EndpointAddress.FromRelay(relay), path.RoundTripTime);
        return new ConnectionPath(PathKind.Direct, EndpointAddress.FromIp(new IPEndPoint(path.Remote.ToIPAddress() ?? IPAddress.None, path.Remote.Port)), path.RoundTripTime);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _addresses.Dispose();
        if (_public is not null)
            await _public.DisposeAsync();
        await _disco.DisposeAsync();
        await _quic.DisposeAsync();
        await Relays.DisposeAsync();
    }

    // A socket of both families is reachable by both.
    private static IEnumerable<IPEndPoint> Families(IPEndPoint local) =>
        local.Address.Equals(IPAddress.IPv6Any) ? [local, new IPEndPoint(IPAddress.Any, local.Port)] : [local];

    private static QuicEndpointOptions OptionsFor(IEndpointIdentity identity, EndpointSocket socket, IReadOnlyList<Alpn> protocols, IrohOptions settings, TimeProvider time) => new()
    {
        LocalEndPoint = new IPEndPoint(socket.Local.ToIPAddress() ?? IPAddress.Any, socket.Local.Port),
        PublicKey = identity.Id.ToArray(),
        Sign = identity.Sign,
        ApplicationProtocols = [.. protocols.Select(static protocol => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(protocol.Name))],
        Backlog = TransportLimits.MaxWaitingConnections,
        TimeProvider = time,
        Qlog = settings.Qlog,
        Connection = new ConnectionOptions
        {
            MaxIdleTimeout = settings.IdleTimeout,
            KeepAliveInterval = TransportLimits.KeepAlive,
            HandshakeTimeout = settings.HandshakeTimeout,
            MaxDatagramSize = settings.MaxDatagramSize,
            MaxUnidirectionalStreams = 0,   // none of the protocols has any
            MaxDatagramFrameSize = 0,
        },
    };

    // Older iroh endpoints drop QUIC from addresses that have not sent a ping.
    private void Knock(EndpointId remote, in NetworkAddress address)
    {
        if (address.Kind != AddressKind.Opaque)
            _disco.Ping(remote, address);
    }

    private void OnHeard(EndpointId peer, NetworkAddress address)
    {
        foreach (var (connection, remote) in _connections)
        {
            if (remote == peer)
                connection.OnHeard(address);
        }
    }

    // What peers behind relays were told of us is not all any more.
    private void OnPublicAddressChanged()
    {
        PublicAddressChanged?.Invoke();
        foreach (var connection in _connections.Keys)
            connection.OnOwnAddressesChanged();
    }
}
