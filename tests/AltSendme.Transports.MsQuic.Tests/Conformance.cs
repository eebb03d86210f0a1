using System.Net;
using System.Net.Sockets;
using AltSendme.Abstractions;
using AltSendme.Plugins.Testing;

namespace AltSendme.Transports.MsQuic.Tests;

public sealed class MsQuicStreamTests : TransportStreamTests
{
    protected override int StreamLimit => ConnectionLimits.MaxStreams;

    protected override int UnreadLimit => MsQuicPair.UnreadLimit;

    protected override ITransport Create(IEndpointIdentity identity) => MsQuicPair.Transport(identity);

    protected override EndpointAddress AddressOf(IPEndPoint endPoint) => MsQuicTransport.Form.Of(endPoint);
}

public sealed class MsQuicClosingTests : TransportClosingTests
{
    protected override int StreamLimit => ConnectionLimits.MaxStreams;

    protected override int UnreadLimit => MsQuicPair.UnreadLimit;

    protected override ITransport Create(IEndpointIdentity identity) => MsQuicPair.Transport(identity);

    protected override EndpointAddress AddressOf(IPEndPoint endPoint) => MsQuicTransport.Form.Of(endPoint);
}

public sealed class MsQuicDialTests : TransportDialTests
{
    protected override int StreamLimit => ConnectionLimits.MaxStreams;

    protected override int UnreadLimit => MsQuicPair.UnreadLimit;

    protected override ITransport Create(IEndpointIdentity identity) => MsQuicPair.Transport(identity);

    protected override EndpointAddress AddressOf(IPEndPoint endPoint) => MsQuicTransport.Form.Of(endPoint);

    protected override IDisposable ListenSilently(out IPEndPoint endPoint)
    {
        var silent = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        endPoint = (IPEndPoint)silent.Client.LocalEndPoint!;
        return silent;
    }

    [Fact(Timeout = Limit)]
    public async Task An_ip_address_is_another_transports()
    {
        await using var pair = await StartAsync();

        var failure = await Assert.ThrowsAsync<PeerUnreachableException>(
            async () => await pair.Dialling.DialAsync(TransportPair.Server.Id, Candidates(EndpointAddress.FromIp(pair.EndPoint)), TransportPair.Protocol));

        Assert.Contains("No msquic address", failure.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Policy_on_direct_connections_holds_behind_the_scheme_too()
    {
        await using var pair = await StartAsync();
        await using var bound = MsQuicPair.Transport(TransportPair.Client, static address => !address.TryGetIp(out _));

        var failure = await Assert.ThrowsAsync<PeerUnreachableException>(
            async () => await bound.DialAsync(TransportPair.Server.Id, Candidates(AddressOf(pair.EndPoint)), TransportPair.Protocol));

        Assert.Contains("policy does not allow", failure.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Policy_on_direct_connections_holds_for_those_who_call_too()
    {
        var isAllowed = true;
        await using var pair = await TransportPair.StartAsync(identity => MsQuicPair.Transport(identity, identity == TransportPair.Server ? _ => isAllowed : null), IPAddress.Loopback, MsQuicTransport.Form.Of);
        await (await pair.DialAsync()).DisposeAsync();

        isAllowed = false;

        await Assert.ThrowsAsync<PeerUnreachableException>(pair.DialAsync);
    }

    private static IAsyncEnumerable<Candidate> Candidates(EndpointAddress address) => new[] { new Candidate(address, CandidateSource.Ticket) }.ToAsyncEnumerable();
}

public sealed class PluginConformance : AltSendme.Plugins.Testing.PluginTests
{
    protected override IPlugin Create() => new MsQuicPlugin();
}
