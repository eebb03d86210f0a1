using System.Net;
using System.Net.Sockets;
using AltSendme.Abstractions;

namespace AltSendme.Transports.Tls.Tests.Dialing;

public sealed class DialTests
{
    private const int Limit = 60_000;

    [Fact(Timeout = Limit)]
    public async Task A_refused_address_is_named_in_one_line()
    {
        await using var transport = TransportPair.Transport(TransportPair.Client);
        var nobody = UnusedEndPoint();

        var failure = await Assert.ThrowsAsync<PeerUnreachableException>(async () => await transport.DialAsync(TransportPair.Server.Id, Candidates.Of(nobody), TransportPair.Protocol));

        Assert.Equal("peer.unreachable", failure.Code);
        Assert.Contains($"{nobody}: connection refused", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact(Timeout = Limit)]
    public async Task Without_an_address_of_its_own_scheme_nothing_can_be_tried()
    {
        await using var transport = TransportPair.Transport(TransportPair.Client);

        var failure = await Assert.ThrowsAsync<PeerUnreachableException>(async () => await transport.DialAsync(TransportPair.Server.Id, RelayOnly(), TransportPair.Protocol));

        Assert.Contains("No IP address", failure.Message, StringComparison.Ordinal);

        static async IAsyncEnumerable<Candidate> RelayOnly()
        {
            await Task.Yield();
            yield return new Candidate(EndpointAddress.FromRelay(new Uri("https://relay.example/")), CandidateSource.Ticket);
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Another_endpoint_at_the_address_is_not_the_peer()
    {
        await using var pair = await TransportPair.StartAsync();

        var failure = await Assert.ThrowsAsync<PeerUnreachableException>(async () => await pair.Dialling.DialAsync(new TestIdentity(9).Id, Candidates.Of(pair.EndPoint), TransportPair.Protocol));

        Assert.Equal("peer.other-key", failure.Code);
        Assert.Contains(TransportPair.Server.Id.ToShortString(), failure.Message, StringComparison.Ordinal);
        await AssertWorksAsync(pair);
    }

    [Fact(Timeout = Limit)]
    public async Task A_protocol_that_the_peer_does_not_speak_is_refused()
    {
        await using var pair = await TransportPair.StartAsync();

        var failure = await Assert.ThrowsAsync<PeerUnreachableException>(async () => await pair.Dialling.DialAsync(TransportPair.Server.Id, Candidates.Of(pair.EndPoint), new Alpn("/other/1")));

        Assert.Equal("peer.unreachable", failure.Code);
        await AssertWorksAsync(pair);
    }

    [Fact(Timeout = Limit)]
    public async Task The_first_that_proves_the_peer_wins_over_dead_silent_and_wrong_ones()
    {
        await using var pair = await TransportPair.StartAsync();
        await using var wrong = TransportPair.Transport(new TestIdentity(9));
        var wrongPort = await wrong.ListenAsync(new ListenOptions([TransportPair.Protocol]) { Addresses = [IPAddress.Loopback] });
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();

        var accepting = pair.AcceptAsync();
        await using var connection = await pair.Dialling.DialAsync(
            TransportPair.Server.Id,
            Candidates.Of(UnusedEndPoint(), (IPEndPoint)silent.LocalEndpoint, new IPEndPoint(IPAddress.Loopback, wrongPort!.Value), pair.EndPoint),
            TransportPair.Protocol);

        Assert.Equal(EndpointAddress.FromIp(pair.EndPoint), connection.Path.Remote);
        await (await accepting).DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task A_candidate_that_comes_late_is_tried_after_all_others_have_failed()
    {
        await using var pair = await TransportPair.StartAsync();
        var accepting = pair.AcceptAsync();

        await using var connection = await pair.Dialling.DialAsync(TransportPair.Server.Id, Late(), TransportPair.Protocol);

        await (await accepting).DisposeAsync();

        async IAsyncEnumerable<Candidate> Late()
        {
            yield return Candidates.At(UnusedEndPoint());
            await Task.Yield();
            yield return Candidates.At(pair.EndPoint);
        }
    }

    [Fact(Timeout = Limit)]
    public async Task A_dial_can_be_cancelled_while_a_silent_host_is_tried()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var transport = TransportPair.Transport(TransportPair.Client);
        using var stop = new CancellationTokenSource();
        var dialling = transport.DialAsync(TransportPair.Server.Id, Candidates.Of((IPEndPoint)silent.LocalEndpoint), TransportPair.Protocol, stop.Token).AsTask();
        using var caller = await silent.AcceptSocketAsync();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dialling);
    }

    [Fact(Timeout = Limit)]
    public async Task A_source_of_candidates_that_fails_does_not_hide_what_was_tried()
    {
        await using var transport = TransportPair.Transport(TransportPair.Client);
        var nobody = UnusedEndPoint();

        var failure = await Assert.ThrowsAsync<PeerUnreachableException>(async () => await transport.DialAsync(TransportPair.Server.Id, Failing(), TransportPair.Protocol));

        Assert.Contains(nobody.ToString(), failure.Message, StringComparison.Ordinal);

        async IAsyncEnumerable<Candidate> Failing()
        {
            await Task.Yield();
            yield return Candidates.At(nobody);
            throw new DiscoveryException("discovery.failed", "no");
        }
    }

    [Fact(Timeout = Limit)]
    public async Task A_source_that_never_ends_and_does_not_listen_keeps_no_winner_waiting()
    {
        await using var pair = await TransportPair.StartAsync();
        var accepting = pair.AcceptAsync();

        await using var connection = await pair.Dialling.DialAsync(TransportPair.Server.Id, Deaf(), TransportPair.Protocol);

        await (await accepting).DisposeAsync();

        async IAsyncEnumerable<Candidate> Deaf()
        {
            yield return Candidates.At(pair.EndPoint);
            await new TaskCompletionSource().Task;
        }
    }

    [Fact]
    public void Addresses_are_tried_once_and_families_take_turns()
    {
        var queue = new Tls.Dialing.CandidateQueue();
        foreach (var text in new[] { "1.1.1.1:1", "2.2.2.2:1", "1.1.1.1:1", "3.3.3.3:1", "[2001:db8::1]:1", "[2001:db8::2]:1" })
            queue.Add(Candidates.At(IPEndPoint.Parse(text)));

        var order = new List<string>();
        while (!queue.IsEmpty)
            order.Add(queue.Take().ToString());

        Assert.Equal(["[2001:db8::1]:1", "1.1.1.1:1", "[2001:db8::2]:1", "2.2.2.2:1", "3.3.3.3:1"], order);
    }

    [Fact]
    public void A_flood_of_candidates_is_cut()
    {
        var queue = new Tls.Dialing.CandidateQueue();
        for (var port = 1; port < 1000; port++)
            queue.Add(Candidates.At(new IPEndPoint(IPAddress.Loopback, port)));

        var count = 0;
        for (; !queue.IsEmpty; count++)
            queue.Take();

        Assert.Equal(TransportLimits.MaxDialledAddresses, count);
    }

    private static IPEndPoint UnusedEndPoint()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }

    private static async Task AssertWorksAsync(TransportPair pair)
    {
        var (client, server) = await pair.ConnectAsync();
        await client.DisposeAsync();
        await server.DisposeAsync();
    }
}
