using AltSendme.Quic.Crypto;
using AltSendme.Quic.Endpoints;
using AltSendme.Quic.Paths;

namespace AltSendme.Quic.Simulation;

/// <summary>A machine of the simulated network: an endpoint, its connections, and an application for each.</summary>
internal sealed class SimulatedHost : IDisposable
{
    // The key that every peer of PlainProvider shows; tokens of servers are kept under it.
    private static readonly byte[] ServerKey = PlainCrypto.PlainSession.Key;

    private readonly SimulatedNetwork _network;
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly byte[] _response = new byte[Limits.MinDatagram];
    private readonly List<SimulatedConnection> _connections = [];
    private readonly Dictionary<Connection, SimulatedConnection> _applications = [];

    public SimulatedHost(SimulatedNetwork network, NetworkAddress address, bool isServer, ICryptoProvider provider, ConnectionOptions options, EndpointOptions? endpoint)
    {
        _network = network;
        Address = address;
        IsServer = isServer;
        Provider = provider;
        Options = options;
        Endpoint = new Endpoint(endpoint ?? new EndpointOptions { AcceptsConnections = isServer }, provider, network.Random);
    }

    /// <summary>Where others find it.</summary>
    public NetworkAddress Address { get; set; }

    /// <summary>Which link it sends on.</summary>
    public bool IsServer { get; }

    /// <summary>Cryptography.</summary>
    public ICryptoProvider Provider { get; }

    /// <summary>Options of its connections.</summary>
    public ConnectionOptions Options { get; set; }

    /// <summary>The endpoint.</summary>
    public Endpoint Endpoint { get; }

    /// <summary>Connections so far, those that ended included.</summary>
    public IReadOnlyList<SimulatedConnection> Connections => _connections;

    /// <summary>Decides about clients; accepts when null.</summary>
    public Func<IncomingConnection, IncomingDecision>? OnIncoming { get; set; }

    /// <summary>Sends datagrams from another address than QUIC chose, as endpoints do that choose addresses below QUIC.</summary>
    public Func<NetworkAddress, NetworkAddress>? SourceOf { get; set; }

    /// <summary>Bytes sent that no connection accounts for.</summary>
    public ulong StatelessBytesSent { get; private set; }

    /// <summary>When something is due.</summary>
    public Instant NextTimeout
    {
        get
        {
            var next = Instant.Never;
            foreach (var connection in _applications.Values)
                next = Instant.Min(next, connection.Core.NextTimeout);
            return next;
        }
    }

    /// <summary>Begins to connect to another host.</summary>
    public SimulatedConnection Connect(SimulatedHost server) => Connect(server.Address);

    /// <summary>Begins to connect to an address, and to further ones at the same time.</summary>
    public SimulatedConnection Connect(NetworkAddress server, params ReadOnlySpan<NetworkAddress> others)
    {
        var core = Endpoint.Connect(Provider, Options, new NetworkPath(default, server), _network.Now, ServerKey);
        foreach (var other in others)
            core.AddRemote(other, _network.Now);
        return Add(core);
    }

    /// <summary>Takes a datagram from the network.</summary>
    public void OnDatagram(byte[] datagram, NetworkPath path, Ecn ecn)
    {
        // A host behind a NAT, as most are, does not know the address that others see.
        var seen = IsServer ? path : path with { Local = default };
        var route = Endpoint.Route(datagram, seen, _response, _network.Now);
        if (route.Kind == RouteKind.Incoming)
            route = Decide(route.Incoming!);
        if (route.Kind == RouteKind.Response)
            Answer(path, route.ResponseLength);
        if (route.Connection is not { } connection)
            return;
        connection.Receive(datagram, seen, ecn, _network.Now);
        Endpoint.Update(connection);
        _applications[connection].Work();
        Flush(_applications[connection]);
    }

    /// <summary>Lets time pass.</summary>
    public void OnTime()
    {
        foreach (var connection in _connections)
        {
            if (!_applications.ContainsKey(connection.Core))
                continue;
            if (connection.Core.NextTimeout <= _network.Now)
                connection.Core.OnTimeout(_network.Now);
            connection.Work();
            Flush(connection);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var connection in _connections)
            connection.Core.Dispose();
    }

    private RouteResult Decide(IncomingConnection incoming)
    {
        switch (OnIncoming?.Invoke(incoming) ?? IncomingDecision.Accept)
        {
            case IncomingDecision.Retry:
                return RouteResult.Answer(Endpoint.WriteRetry(incoming, _response, _network.Now));
            case IncomingDecision.Refuse:
                return RouteResult.Answer(Endpoint.WriteRefusal(incoming, TransportErrorCode.ConnectionRefused, _response));
            case IncomingDecision.Ignore:
                return RouteResult.Dropped;
            default:
                return new RouteResult(RouteKind.Connection, Add(Endpoint.Accept(incoming, Provider, Options, _network.Now)).Core);
        }
    }

    private void Answer(NetworkPath path, int length)
    {
        StatelessBytesSent += (ulong)length;
        _network.Send(this, path.Local, path.Remote, _response[..length], Ecn.NotCapable);
    }

    private SimulatedConnection Add(Connection core)
    {
        var connection = new SimulatedConnection(core, _network);
        _connections.Add(connection);
        _applications.Add(core, connection);
        return connection;
    }

    private void Flush(SimulatedConnection connection)
    {
        while (connection.Core.TryTransmit(_buffer, _network.Now, out var transmit))
        {
            var source = transmit.Path.Local.Kind == AddressKind.None ? Address : transmit.Path.Local;
            source = SourceOf?.Invoke(source) ?? source;
            for (var offset = 0; offset < transmit.Length; offset += transmit.SegmentSize)
            {
                var datagram = _buffer.AsSpan(offset, Math.Min(transmit.SegmentSize, transmit.Length - offset)).ToArray();
                _network.Send(this, source, transmit.Path.Remote, datagram, transmit.Ecn);
            }

            connection.Work();
        }

        connection.Work();
        if (!Endpoint.Update(connection.Core))
            _applications.Remove(connection.Core);
    }
}
