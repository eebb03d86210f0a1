using AltSendme.Quic.Crypto;
using AltSendme.Quic.Endpoints;
using AltSendme.Quic.Simulation;
using AltSendme.Quic.Streams;

namespace AltSendme.Quic.Tests.Simulated;

/// <summary>A client and a server that have shaken hands.</summary>
internal sealed class ConnectedPair : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public ConnectedPair(
        ulong seed = 1, ConnectionOptions? client = null, ConnectionOptions? server = null, LinkConditions? conditions = null, ICryptoProvider? clientProvider = null, ICryptoProvider? serverProvider = null,
        EndpointOptions? endpoint = null, bool hasIpAddresses = false)
    {
        Network = new SimulatedNetwork(seed) { Conditions = conditions ?? new LinkConditions(), HasIpAddresses = hasIpAddresses };
        ServerHost = Network.AddHost(isServer: true, serverProvider, server, endpoint);
        ClientHost = Network.AddHost(isServer: false, clientProvider, client);
        Client = ClientHost.Connect(ServerHost);
        Network.RunUntil(() => Client.Saw(ConnectionEventKind.Confirmed) && Server.Core.IsEstablished, Patience);
    }

    public SimulatedNetwork Network { get; }

    public SimulatedHost ServerHost { get; }

    public SimulatedHost ClientHost { get; }

    public SimulatedConnection Client { get; }

    public SimulatedConnection Server => ServerHost.Connections[0];

    public void RunUntil(Func<bool> condition) => Network.RunUntil(condition, Patience);

    /// <summary>Opens a stream of the client's and waits until the server knows it.</summary>
    public StreamId OpenStream(StreamDirection direction, byte[] bytes)
    {
        Assert.True(Client.Core.TryOpenStream(direction, out var id));
        Client.Core.Write(id, bytes);
        RunUntil(() => Server.Received.ContainsKey(id.Value));
        return id;
    }

    public void Dispose() => Network.Dispose();
}
