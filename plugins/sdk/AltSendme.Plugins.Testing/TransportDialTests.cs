using System.Net;
using AltSendme.Abstractions;

namespace AltSendme.Plugins.Testing;

/// <summary>Dialling: who answers, who does not, and what the caller is told.</summary>
public abstract class TransportDialTests : TransportConformance
{
    [Fact(Timeout = Limit)]
    public async Task An_address_at_which_nobody_is_is_named_in_one_line()
    {
        await using var transport = Create(TransportPair.Client);
        var nobody = UnusedEndPoint();

        var failure = await Assert.ThrowsAsync<PeerUnreachableException>(async () => await transport.DialAsync(TransportPair.Server.Id, Of(nobody), TransportPair.Protocol));

        Assert.Equal("peer.unreachable", failure.Code);
        Assert.Contains(nobody.ToString(), failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact(Timeout = Limit)]
    public async Task Without_an_address_nothing_can_be_tried()
    {
        await using var transport = Create(TransportPair.Client);

        var failure = await Assert.ThrowsAsync<PeerUnreachableException>(async () => await transport.DialAsync(TransportPair.Server.Id, Of(), TransportPair.Protocol));

        Assert.Equal("peer.unreachable", failure.Code);
    }

    [Fact(Timeout = Limit)]
    public async Task Another_endpoint_at_the_address_is_not_the_peer()
    {
        await using var pair = await StartAsync();

        var failure = await Assert.ThrowsAsync<PeerUnreachableException>(async () => await pair.Dialling.DialAsync(new TestIdentity(9).Id, Of(pair.EndPoint), TransportPair.Protocol));

        Assert.Equal("peer.other-key", failure.Code);
        await AssertWorksAsync(pair);
    }

    [Fact(Timeout = Limit)]
    public async Task A_protocol_that_the_peer_does_not_speak_is_refused()
    {
        await using var pair = await StartAsync();

        var failure = await Assert.ThrowsAsync<PeerUnreachableException>(async () => await pair.Dialling.DialAsync(TransportPair.Server.Id, Of(pair.EndPoint), new Alpn("/other/1")));

        Assert.Equal("peer.unreachable", failure.Code);
        await AssertWorksAsync(pair);
    }

    [Fact(Timeout = Limit)]
    public async Task The_first_that_proves_the_peer_wins_over_dead_silent_and_wrong_ones()
    {
        await using var pair = await StartAsync();
        await using var wrong = Create(new TestIdentity(9));
        var wrongPort = await wrong.ListenAsync(new ListenOptions([TransportPair.Protocol]) { Addresses = [IPAddress.Loopback] });
        using var silent = ListenSilently(out var silentEndPoint);

        var accepting = pair.AcceptAsync();
        await using var connection = await pair.Dialling.DialAsync(
            TransportPair.Server.Id,
            Of(UnusedEndPoint(), silentEndPoint, new IPEndPoint(IPAddress.Loopback, wrongPort ?? await TransportPair.PortAsync(wrong)), pair.EndPoint),
            TransportPair.Protocol);

        Assert.Equal(EndpointAddress.FromIp(pair.EndPoint), connection.Path.Remote);
        await (await accepting).DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task A_candidate_that_comes_late_is_tried_after_all_others_have_failed()
    {
        await using var pair = await StartAsync();
        var accepting = pair.AcceptAsync();

        await using var connection = await pair.Dialling.DialAsync(TransportPair.Server.Id, Late(), TransportPair.Protocol);

        await (await accepting).DisposeAsync();

        async IAsyncEnumerable<Candidate> Late()
        {
            yield return At(UnusedEndPoint());
            await Task.Yield();
            yield return At(pair.EndPoint);
        }
    }

    [Fact(Timeout = Limit)]
    public async Task A_dial_can_be_cancelled_while_a_silent_host_is_tried()
    {
        using var silent = ListenSilently(out var silentEndPoint);
        await using var transport = Create(TransportPair.Client);
        using var stop = new CancellationTokenSource();
        var dialling = transport.DialAsync(TransportPair.Server.Id, Of(silentEndPoint), TransportPair.Protocol, stop.Token).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dialling);
    }

    [Fact(Timeout = Limit)]
    public async Task A_source_of_candidates_that_fails_does_not_hide_what_was_tried()
    {
        await using var transport = Create(TransportPair.Client);
        var nobody = UnusedEndPoint();

        var failure = await Assert.ThrowsAsync<PeerUnreachableException>(async () => await transport.DialAsync(TransportPair.Server.Id, Failing(), TransportPair.Protocol));

        Assert.Contains(nobody.ToString(), failure.Message, StringComparison.Ordinal);

        async IAsyncEnumerable<Candidate> Failing()
        {
            await Task.Yield();
            yield return At(nobody);
            throw new DiscoveryException("peer.unreachable", "no");
        }
    }

    [Fact(Timeout = Limit)]
    public async Task A_source_that_never_ends_and_does_not_listen_keeps_no_winner_waiting()
    {
        await using var pair = await StartAsync();
        var accepting = pair.AcceptAsync();

        await using var connection = await pair.Dialling.DialAsync(TransportPair.Server.Id, Deaf(), TransportPair.Protocol);

        await (await accepting).DisposeAsync();

        async IAsyncEnumerable<Candidate> Deaf()
        {
            yield return At(pair.EndPoint);
            await new TaskCompletionSource().Task;
        }
    }

    private static async Task AssertWorksAsync(TransportPair pair)
    {
        var (client, server) = await pair.ConnectAsync();
        await client.DisposeAsync();
        await server.DisposeAsync();
    }
}
