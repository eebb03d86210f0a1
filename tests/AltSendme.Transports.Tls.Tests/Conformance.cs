using System.Net;
using System.Net.Sockets;
using AltSendme.Abstractions;
using AltSendme.Plugins.Testing;
using AltSendme.Transports.Tls.Wire;

// One class after the other: each fills the thread pool and the TLS library by itself.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace AltSendme.Transports.Tls.Tests;

public sealed class TlsStreamTests : TransportStreamTests
{
    protected override int StreamLimit => MuxLimits.MaxPeerStreams;

    protected override int UnreadLimit => MuxLimits.InitialWindow + MuxLimits.OutgoingPause;

    protected override ITransport Create(IEndpointIdentity identity) => TlsPair.Transport(identity);
}

public sealed class TlsClosingTests : TransportClosingTests
{
    protected override int StreamLimit => MuxLimits.MaxPeerStreams;

    protected override int UnreadLimit => MuxLimits.InitialWindow + MuxLimits.OutgoingPause;

    protected override ITransport Create(IEndpointIdentity identity) => TlsPair.Transport(identity);
}

public sealed class TlsDialTests : TransportDialTests
{
    protected override int StreamLimit => MuxLimits.MaxPeerStreams;

    protected override int UnreadLimit => MuxLimits.InitialWindow + MuxLimits.OutgoingPause;

    protected override ITransport Create(IEndpointIdentity identity) => TlsPair.Transport(identity);

    [Fact(Timeout = Limit)]
    public async Task A_refused_address_is_called_so()
    {
        await using var transport = Create(TransportPair.Client);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        var failure = await Assert.ThrowsAsync<PeerUnreachableException>(
            async () => await transport.DialAsync(TransportPair.Server.Id, Candidates.Of((IPEndPoint)socket.LocalEndPoint!), TransportPair.Protocol));

        Assert.Contains($"{socket.LocalEndPoint}: connection refused", failure.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_relay_is_no_address_of_its_scheme()
    {
        await using var transport = Create(TransportPair.Client);

        var failure = await Assert.ThrowsAsync<PeerUnreachableException>(async () => await transport.DialAsync(TransportPair.Server.Id, RelayOnly(), TransportPair.Protocol));

        Assert.Contains("No IP address", failure.Message, StringComparison.Ordinal);

        static async IAsyncEnumerable<Candidate> RelayOnly()
        {
            await Task.Yield();
            yield return new Candidate(EndpointAddress.FromRelay(new Uri("https://relay.example/")), CandidateSource.Ticket);
        }
    }
}

public sealed class PluginConformance : AltSendme.Plugins.Testing.PluginTests
{
    protected override IPlugin Create() => new TlsPlugin();
}
