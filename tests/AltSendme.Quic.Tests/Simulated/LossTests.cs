using AltSendme.Quic.Simulation;

namespace AltSendme.Quic.Tests.Simulated;

/// <summary>Whole data over paths that lose, reorder and double: a hundred runs of each.</summary>
public sealed class LossTests
{
    private const int Runs = 100;
    private const int Length = 30_000;

    [Theory]
    [InlineData(0.0, 2)]
    [InlineData(0.01, 4)]
    [InlineData(0.05, 6)]
    [InlineData(0.2, 20)]
    public void Data_arrives_whole_and_in_seconds(double loss, double withinSeconds)
    {
        for (var seed = 1UL; seed <= Runs; seed++)
        {
            using var network = new SimulatedNetwork(seed)
            {
                Conditions = new LinkConditions { Delay = TimeSpan.FromMilliseconds(10), Jitter = TimeSpan.FromMilliseconds(4), Loss = loss, Duplication = loss / 2 },
            };
            var server = network.AddHost(isServer: true);
            var client = network.AddHost(isServer: false, options: new ConnectionOptions { HandshakeTimeout = TimeSpan.FromSeconds(30) }).Connect(server);
            var (up, down) = (Pattern.Bytes(Length, seed), Pattern.Bytes(Length, seed + Runs));
            client.Send(up);
            network.RunUntil(() => server.Connections.Count == 1 && server.Connections[0].Core.IsEstablished, TimeSpan.FromSeconds(withinSeconds));
            server.Connections[0].Send(down);

            network.RunUntil(() => Has(server.Connections[0]) && Has(client), TimeSpan.FromSeconds(withinSeconds));

            Assert.True(server.Connections[0].Received.Values.Single().Bytes.SequenceEqual(up) && client.Received.Values.Single().Bytes.SequenceEqual(down), $"Seed {seed}: other bytes");
        }
    }

    private static bool Has(SimulatedConnection connection) => connection.Received.Count == 1 && connection.Received.Values.All(static stream => stream.IsFinished);
}
