using System.Net;
using AltSendme.Abstractions;
using AltSendme.Plugins.Testing;

namespace AltSendme.Transports.Iroh.Tests;

public sealed class RelayedPathTests
{
    private const int Limit = 60_000;

    private readonly MemoryRelays _relays = new();

    [Fact(Timeout = Limit)]
    public async Task A_relay_carries_whole_data_both_ways_and_a_direct_path_takes_over()
    {
        await using var listening = await ListenAsync();
        await using var dialling = IrohPair.Transport(TransportPair.Client, _relays.For(TransportPair.Client.Id));
        var accepting = AcceptAsync(listening);
        await using var client = await dialling.DialAsync(TransportPair.Server.Id, ByRelay(), TransportPair.Protocol);
        await using var server = await accepting;
        var (near, far) = await TransportPair.OpenAsync(client, server);
        var sent = Pattern.Bytes(3 << 20);

        var sending = Pattern.SendAsync(near, sent);
        Assert.Equal(sent, await Pattern.ReadToEndAsync(far));
        await sending;

        // The dialling side asked to be pinged, and found the other where its pings came from.
        await foreach (var path in client.WatchPathAsync())
        {
            if (path.Kind == PathKind.Direct)
                break;
            Assert.Equal(EndpointAddress.FromRelay(MemoryRelays.Url), path.Remote);
        }

        await Pattern.SendAsync(far, sent);
        Assert.Equal(sent, await Pattern.ReadToEndAsync(near));
        Assert.True(_relays.Bytes > 0);
    }

    [Fact(Timeout = Limit)]
    public async Task A_call_for_a_direct_path_that_overtakes_the_end_of_the_handshake_is_answered_all_the_same()
    {
        await using var listening = await ListenAsync();
        await using var dialling = IrohPair.Transport(TransportPair.Client, _relays.For(TransportPair.Client.Id, callsEarly: true));
        var accepting = AcceptAsync(listening);
        await using var client = await dialling.DialAsync(TransportPair.Server.Id, ByRelay(), TransportPair.Protocol);
        await using var server = await accepting;

        await foreach (var path in client.WatchPathAsync())
        {
            if (path.Kind == PathKind.Direct)
                return;
        }

        Assert.Fail("The connection ended.");
    }

    [Fact(Timeout = Limit)]
    public async Task A_relay_that_was_slower_than_the_direct_path_carries_the_streams_on_when_that_dies()
    {
        var connecting = new TaskCompletionSource();
        await using var listening = IrohPair.Transport(TransportPair.Server, _relays.For(TransportPair.Server.Id));
        var port = await listening.ListenAsync(new ListenOptions([TransportPair.Protocol]) { Addresses = [IPAddress.Loopback] });
        await using var path = new UdpForwarder(port!.Value);
        await using var dialling = IrohPair.Transport(TransportPair.Client, _relays.For(TransportPair.Client.Id, connecting: connecting.Task));
        var accepting = AcceptAsync(listening);
        await using var client = await dialling.DialAsync(TransportPair.Server.Id, ByAddressAndRelay(path.Address), TransportPair.Protocol);
        await using var server = await accepting;
        Assert.Equal(PathKind.Direct, client.Path.Kind);
        var (near, far) = await TransportPair.OpenAsync(client, server);

        connecting.SetResult();
        await path.CutAsync();
        var sent = Pattern.Bytes(1 << 20);
        var sending = Pattern.SendAsync(near, sent);

        Assert.Equal(sent, await Pattern.ReadToEndAsync(far));
        await sending;
        Assert.True(_relays.Bytes > 0);
    }

    [Fact(Timeout = Limit)]
    public async Task A_listening_endpoint_reports_the_relay_that_it_can_be_reached_by()
    {
        await using var listening = await ListenAsync();

        await foreach (var addresses in listening.WatchAddressesAsync())
        {
            if (addresses.Contains(EndpointAddress.FromRelay(MemoryRelays.Url)))
                return;
        }

        Assert.Fail("The transport ended its report.");
    }

    [Fact(Timeout = Limit)]
    public async Task A_relay_that_turns_us_away_is_named_with_its_reason()
    {
        await using var dialling = IrohPair.Transport(TransportPair.Client, _relays.For(TransportPair.Client.Id, isRefusing: true));

        var failure = await Assert.ThrowsAsync<PeerUnreachableException>(async () => await dialling.DialAsync(TransportPair.Server.Id, ByRelay(), TransportPair.Protocol));

        Assert.Contains("relay.example", failure.Message, StringComparison.Ordinal);
        Assert.Contains("the token is wrong", failure.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_peer_that_is_not_at_the_relay_is_unreachable()
    {
        await using var dialling = IrohPair.Transport(TransportPair.Client, _relays.For(TransportPair.Client.Id));

        var failure = await Assert.ThrowsAsync<PeerUnreachableException>(async () => await dialling.DialAsync(TransportPair.Server.Id, ByRelay(), TransportPair.Protocol));

        Assert.Contains("no answer in time", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<IConnection> AcceptAsync(IrohTransport transport)
    {
        await foreach (var connection in transport.AcceptAsync())
            return connection;
        throw new InvalidOperationException("The transport ended.");
    }

    private static async IAsyncEnumerable<Candidate> ByRelay()
    {
        await Task.Yield();
        yield return new Candidate(EndpointAddress.FromRelay(MemoryRelays.Url), CandidateSource.Ticket);
    }

    private static async IAsyncEnumerable<Candidate> ByAddressAndRelay(IPEndPoint address)
    {
        yield return new Candidate(EndpointAddress.FromIp(address), CandidateSource.Ticket);
        await foreach (var relay in ByRelay())
            yield return relay;
    }

    private async Task<IrohTransport> ListenAsync()
    {
        var transport = IrohPair.Transport(TransportPair.Server, _relays.For(TransportPair.Server.Id));
        await transport.ListenAsync(new ListenOptions([TransportPair.Protocol]) { Addresses = [IPAddress.Loopback] });
        return transport;
    }
}
