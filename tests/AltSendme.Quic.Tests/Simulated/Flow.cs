using AltSendme.Quic.Simulation;

namespace AltSendme.Quic.Tests.Simulated;

/// <summary>One stream without an end, from a client to a server, and how fast it flows.</summary>
internal sealed class Flow : IDisposable
{
    private readonly ConnectedPair _pair;

    public Flow(LinkConditions conditions, ulong seed = 1, ConnectionOptions? options = null)
    {
        _pair = new ConnectedPair(seed, options, options, conditions);
        Client.EndlessChunk = 16384;
        Client.Send([0]);
        Server.IsKeeping = false;
    }

    public SimulatedNetwork Network => _pair.Network;

    public SimulatedConnection Client => _pair.Client;

    public SimulatedConnection Server => _pair.Server;

    /// <summary>Runs for a while and returns bits in a second.</summary>
    public double Measure(double seconds)
    {
        var before = Server.BytesRead;
        Network.RunFor(TimeSpan.FromSeconds(seconds));
        return (Server.BytesRead - before) * 8 / seconds;
    }

    public void Dispose() => _pair.Dispose();
}
