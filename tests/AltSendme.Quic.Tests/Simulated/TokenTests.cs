using AltSendme.Quic.Endpoints;
using AltSendme.Quic.Metrics;
using AltSendme.Quic.Paths;
using AltSendme.Quic.Simulation;

namespace AltSendme.Quic.Tests.Simulated;

/// <summary>Tokens that spare a client that comes back the proof of its address (RFC 9000, section 8.1.3), and what they are not good for.</summary>
public sealed class TokenTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private static readonly NetworkAddress Client = NetworkAddress.From(System.Net.IPAddress.Parse("192.0.2.7"), 4000);
    private static readonly Instant Start = new(1_000_000);

    private readonly AddressToken _tokens = new(Pattern.Bytes(32), Lifetime, new SeededRandom(3));

    [Fact]
    public void A_client_that_comes_back_has_its_address_validated_by_the_token_of_its_last_visit()
    {
        using var pair = new ConnectedPair();
        var seen = new List<(bool IsValidated, bool IsRetried)>();
        pair.ServerHost.OnIncoming = incoming =>
        {
            seen.Add((incoming.IsAddressValidated, incoming.IsRetried));
            return IncomingDecision.Accept;
        };
        pair.Network.RunFor(TimeSpan.FromSeconds(1));

        foreach (var _ in (ReadOnlySpan<int>)[1, 2])
        {
            var again = pair.ClientHost.Connect(pair.ServerHost);
            pair.RunUntil(() => again.Saw(ConnectionEventKind.Confirmed));
            pair.Network.RunFor(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([(true, false), (true, false)], seen);
        Assert.Equal(2, pair.ServerHost.Endpoint.Counters[EndpointCount.TokensHonoured]);
    }

    [Fact]
    public void A_lost_token_is_sent_again()
    {
        using var pair = new ConnectedPair(2, conditions: new LinkConditions { Loss = 0.5 });
        pair.Network.RunFor(TimeSpan.FromSeconds(10));
        pair.Network.Conditions = new LinkConditions();
        var isValidated = false;
        pair.ServerHost.OnIncoming = incoming =>
        {
            isValidated = incoming.IsAddressValidated;
            return IncomingDecision.Accept;
        };

        var again = pair.ClientHost.Connect(pair.ServerHost);
        pair.RunUntil(() => again.Core.IsEstablished);

        Assert.True(isValidated);
    }

    [Fact]
    public void A_client_with_a_token_connects_without_a_Retry_while_others_must_prove_themselves()
    {
        using var pair = new ConnectedPair(1, endpoint: new EndpointOptions { AcceptsConnections = true, MaxUnprovenHandshakes = 0 });
        pair.Network.RunFor(TimeSpan.FromSeconds(1));
        var retries = pair.ServerHost.Endpoint.Counters[EndpointCount.Retries];

        var known = pair.ClientHost.Connect(pair.ServerHost);
        pair.RunUntil(() => known.Core.IsEstablished);
        Assert.Equal((1, retries), (retries, pair.ServerHost.Endpoint.Counters[EndpointCount.Retries]));

        var stranger = pair.Network.AddHost(isServer: false).Connect(pair.ServerHost);
        pair.RunUntil(() => stranger.Core.IsEstablished);
        Assert.Equal(2, pair.ServerHost.Endpoint.Counters[EndpointCount.Retries]);
    }

    [Fact]
    public void A_client_whose_Retry_token_is_too_old_is_told_so()
    {
        using var network = new SimulatedNetwork(1);
        var server = network.AddHost(isServer: true, endpoint: new EndpointOptions { AcceptsConnections = true, MaxUnprovenHandshakes = 0, RetryTokenLifetime = TimeSpan.FromMilliseconds(5) });

        var connection = network.AddHost(isServer: false).Connect(server);
        network.RunUntil(() => connection.Core.CloseReason is not null, TimeSpan.FromSeconds(5));

        Assert.Equal((ConnectionCloseKind.PeerTransport, (ulong)TransportErrorCode.InvalidToken), (connection.Core.CloseReason!.Kind, connection.Core.CloseReason.Code));
    }

    [Fact]
    public void A_token_is_good_once_from_any_port_of_its_address_until_it_expires()
    {
        var token = Issue();

        Assert.True(_tokens.TryUse(token, Client with { Port = 9 }, Start + Lifetime));
        Assert.False(_tokens.TryUse(token, Client, Start));
        Assert.False(_tokens.TryUse(Issue(), Client, Start + Lifetime + TimeSpan.FromSeconds(1)));
        Assert.False(_tokens.TryUse(Issue(), Client with { Host = 5 }, Start));
    }

    [Fact]
    public void A_token_that_was_changed_anywhere_proves_nothing()
    {
        var token = Issue();
        for (var i = 0; i < token.Length; i++)
        {
            var changed = (byte[])token.Clone();
            changed[i] ^= 1;
            Assert.False(_tokens.TryUse(changed, Client, Start));
            Assert.False(_tokens.TryUse(token.AsSpan(0, i), Client, Start));
        }

        Assert.True(_tokens.TryUse(token, Client, Start));
    }

    [Fact]
    public void What_is_remembered_of_used_tokens_is_bounded_and_goes_with_their_life()
    {
        for (var i = 0; i < AddressToken.MaxRemembered; i++)
            Assert.True(_tokens.TryUse(Issue(), Client, Start));

        Assert.False(_tokens.TryUse(Issue(), Client, Start));
        Assert.True(_tokens.TryUse(Issue(Start + Lifetime), Client, Start + Lifetime + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void A_store_keeps_the_newest_token_of_the_servers_heard_of_last_and_hands_it_out_once()
    {
        var store = new TokenStore();
        for (var i = 0; i <= TokenStore.MaxServers; i++)
            store.Keep(BitConverter.GetBytes(i), [1]);
        store.Keep(BitConverter.GetBytes(7), [2]);
        store.Keep(BitConverter.GetBytes(8), new byte[TokenStore.MaxTokenLength + 1]);

        Assert.Equal(TokenStore.MaxServers, store.Count);
        Assert.Empty(store.Take(BitConverter.GetBytes(0)));
        Assert.Equal([2], store.Take(BitConverter.GetBytes(7)));
        Assert.Empty(store.Take(BitConverter.GetBytes(7)));
        Assert.Equal([1], store.Take(BitConverter.GetBytes(8)));
    }

    private byte[] Issue(Instant? now = null)
    {
        var token = new byte[AddressToken.Length];
        _tokens.Write(token, Client, now ?? Start);
        return token;
    }
}
