using AltSendme.Quic.Endpoints;
using AltSendme.Quic.Paths;
using AltSendme.Quic.Simulation;
using AltSendme.Quic.Simulation.PlainCrypto;
using AltSendme.Quic.Streams;

namespace AltSendme.Quic.Tests.Simulated;

/// <summary>A packet costs no memory: two connections hand each other their buffers, with nothing of the simulated network in between.</summary>
public sealed class AllocationTests
{
    private static readonly NetworkAddress ClientAddress = NetworkAddress.Opaque(1);
    private static readonly NetworkAddress ServerAddress = NetworkAddress.Opaque(2);

    private readonly Endpoint _clientEndpoint;
    private readonly Endpoint _serverEndpoint;
    private readonly PlainProvider _provider = new();
    private readonly ConnectionOptions _options = new() { MaxStreamWindow = 1 << 20, InitialStreamWindow = 1 << 20 };
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly byte[] _chunk = new byte[1 << 14];
    private readonly byte[] _response = new byte[1200];
    private Instant _now = new(1_000_000);
    private Connection? _server;

    public AllocationTests()
    {
        var random = new SeededRandom(1);
        _clientEndpoint = new Endpoint(new EndpointOptions(), _provider, random);
        _serverEndpoint = new Endpoint(new EndpointOptions { AcceptsConnections = true }, _provider, random);
    }

    [Fact]
    public void A_hundred_thousand_packets_allocate_next_to_nothing()
    {
        using var client = _clientEndpoint.Connect(_provider, _options, new NetworkPath(default, ServerAddress), _now);
        while (!(client.IsEstablished && _server is { IsEstablished: true }))
            Exchange(client);
        Assert.True(client.TryOpenStream(StreamDirection.Unidirectional, out var sent));
        client.Write(sent, _chunk);
        StreamId received;
        while (!_server.TryAcceptStream(StreamDirection.Unidirectional, out received))
            Exchange(client);

        Transfer(client, sent, received, packets: 100_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Transfer(client, sent, received, packets: 100_000);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(allocated < 10_000, $"{allocated} bytes were allocated.");
    }

    private void Transfer(Connection client, StreamId sent, StreamId received, ulong packets)
    {
        var end = client.Statistics.PacketsSent + packets;
        while (client.Statistics.PacketsSent < end)
        {
            while (client.Write(sent, _chunk).Count == _chunk.Length)
            {
            }

            Exchange(client);
            while (_server!.Read(received, _chunk, _now).Status == StreamReadStatus.Data)
            {
            }
        }
    }

    private void Exchange(Connection client)
    {
        _now += TimeSpan.FromMicroseconds(200);
        Deliver(client, _serverEndpoint, new NetworkPath(ServerAddress, ClientAddress));
        if (_server is null)
            return;
        Deliver(_server, _clientEndpoint, new NetworkPath(ClientAddress, ServerAddress));
        Tick(client, _clientEndpoint);
        Tick(_server, _serverEndpoint);
    }

    private void Deliver(Connection from, Endpoint to, NetworkPath path)
    {
        while (from.TryTransmit(_buffer, _now, out var transmit))
        {
            for (var offset = 0; offset < transmit.Length; offset += transmit.SegmentSize)
            {
                var datagram = _buffer.AsSpan(offset, Math.Min(transmit.SegmentSize, transmit.Length - offset));
                var route = to.Route(datagram, path, _response, _now);
                var connection = route.Incoming is { } incoming ? _server = to.Accept(incoming, _provider, _options, _now) : route.Connection;
                connection?.Receive(datagram, path, Ecn.Ect0, _now);
            }
        }
    }

    private void Tick(Connection connection, Endpoint endpoint)
    {
        if (connection.NextTimeout <= _now)
            connection.OnTimeout(_now);
        endpoint.Update(connection);
        while (connection.TryTakeEvent(out _))
        {
        }
    }
}
