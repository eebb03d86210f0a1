using AltSendme.Abstractions;

namespace AltSendme.Relays.Iroh.Tests;

public sealed class TunnelTests
{
    [Fact]
    public async Task A_datagram_reaches_the_endpoint_that_it_is_for_with_its_source_and_congestion_mark()
    {
        await using var lab = await RelayLab.StartAsync();
        var (alice, bob) = (await lab.ConnectAsync(1), await lab.ConnectAsync(2));

        await alice.SendAsync(new RelayDatagrams(new Identity(2).Id, "hello"u8.ToArray(), 1200, EcnCodepoint.Ect0));
        var (received, contents) = await RelayLab.ReceiveAsync(bob);

        Assert.Equal(RelayReceivedKind.Datagrams, received.Kind);
        Assert.Equal(new Identity(1).Id, received.Datagrams.Peer);
        Assert.Equal(EcnCodepoint.Ect0, received.Datagrams.Ecn);
        Assert.Equal(5, received.Datagrams.SegmentSize);
        Assert.Equal("hello"u8.ToArray(), contents);
    }

    [Fact]
    public async Task What_is_sent_while_the_tunnel_connects_for_the_first_time_is_not_lost()
    {
        await using var lab = await RelayLab.StartAsync();
        var bob = await lab.ConnectAsync(2);

        await lab.Open(1).SendAsync(new RelayDatagrams(new Identity(2).Id, "first"u8.ToArray(), 1200));

        Assert.Equal("first"u8.ToArray(), (await RelayLab.ReceiveAsync(bob)).Contents);
    }

    [Fact]
    public async Task A_batch_arrives_as_a_batch_with_its_segment_size()
    {
        await using var lab = await RelayLab.StartAsync();
        var (alice, bob) = (await lab.ConnectAsync(1), await lab.ConnectAsync(2));
        var batch = Enumerable.Range(0, 3500).Select(static i => (byte)i).ToArray();

        await alice.SendAsync(new RelayDatagrams(new Identity(2).Id, batch, 1200));
        var (received, contents) = await RelayLab.ReceiveAsync(bob);

        Assert.Equal(1200, received.Datagrams.SegmentSize);
        Assert.Equal(batch, contents);
    }

    [Fact]
    public async Task A_batch_larger_than_a_frame_arrives_in_several_of_whole_datagrams()
    {
        await using var lab = await RelayLab.StartAsync();
        var (alice, bob) = (await lab.ConnectAsync(1), await lab.ConnectAsync(2));
        var batch = Enumerable.Range(0, 150_000).Select(static i => (byte)(i >> 3)).ToArray();

        await alice.SendAsync(new RelayDatagrams(new Identity(2).Id, batch, 1300));
        var arrived = new List<byte>();
        while (arrived.Count < batch.Length)
        {
            Assert.Equal(0, arrived.Count % 1300);
            arrived.AddRange((await RelayLab.ReceiveAsync(bob)).Contents);
        }

        Assert.Equal(batch, arrived);
    }

    [Fact]
    public async Task The_largest_datagram_of_the_contract_gets_through_and_a_larger_one_is_refused()
    {
        await using var lab = await RelayLab.StartAsync();
        var (alice, bob) = (await lab.ConnectAsync(1), await lab.ConnectAsync(2));
        var largest = new byte[RelayDatagrams.MaxSegmentSize];

        await alice.SendAsync(new RelayDatagrams(new Identity(2).Id, largest, largest.Length));

        Assert.Equal(largest.Length, (await RelayLab.ReceiveAsync(bob)).Contents.Length);
        await Assert.ThrowsAsync<ArgumentException>(async () => await alice.SendAsync(new RelayDatagrams(new Identity(2).Id, largest, largest.Length + 1)));
    }

    [Fact]
    public async Task Who_has_been_sent_to_is_told_when_the_sender_leaves_the_relay()
    {
        await using var lab = await RelayLab.StartAsync();
        var (alice, bob) = (await lab.ConnectAsync(1), await lab.ConnectAsync(2));
        await alice.SendAsync(new RelayDatagrams(new Identity(2).Id, new byte[10], 10));
        await RelayLab.ReceiveAsync(bob);

        await alice.DisposeAsync();

        var (received, _) = await RelayLab.ReceiveAsync(bob);
        Assert.Equal(RelayReceivedKind.EndpointGone, received.Kind);
        Assert.Equal(new Identity(1).Id, received.Datagrams.Peer);
    }

    [Fact]
    public async Task The_state_tells_the_round_trip_to_the_relay()
    {
        await using var lab = await RelayLab.StartAsync();

        var state = await RelayLab.UntilAsync(lab.Open(1), static state => state.Latency is not null);

        Assert.Equal(RelayStatus.Connected, state.Status);
    }

    [Theory]
    [InlineData("a-token-of-twenty-letters", RelayStatus.Connected)]
    [InlineData("another-token-of-somebody", RelayStatus.Refused)]
    [InlineData(null, RelayStatus.Refused)]
    public async Task A_relay_with_a_token_lets_in_who_has_it_and_refuses_others_for_good(string? token, RelayStatus expected)
    {
        await using var lab = await RelayLab.StartAsync(("Access:Mode", "Tokens"), ("Access:Tokens:0", "a-token-of-twenty-letters"));

        var state = await RelayLab.UntilAsync(lab.Open(1, token), static state => state.Status is RelayStatus.Connected or RelayStatus.Refused);

        Assert.Equal(expected, state.Status);
        if (expected == RelayStatus.Refused)
            Assert.Contains("not authorized", state.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_newest_connection_of_an_id_gets_what_arrives_and_the_old_one_is_told_and_takes_over_again()
    {
        await using var lab = await RelayLab.StartAsync();
        var sender = await lab.ConnectAsync(1);
        var old = await lab.ConnectAsync(2);
        var young = await lab.ConnectAsync(2);

        await RelayLab.UntilAsync(old, static state => state.Detail?.Contains("same identity", StringComparison.Ordinal) == true);
        await sender.SendAsync(new RelayDatagrams(new Identity(2).Id, "to the new"u8.ToArray(), 100));
        Assert.Equal("to the new"u8.ToArray(), (await RelayLab.ReceiveAsync(young)).Contents);

        await young.DisposeAsync();
        await RelayLab.UntilAsync(old, static state => state.Detail is null);
        await sender.SendAsync(new RelayDatagrams(new Identity(2).Id, "to the old"u8.ToArray(), 100));
        Assert.Equal("to the old"u8.ToArray(), (await RelayLab.ReceiveAsync(old)).Contents);
    }

    [Fact]
    public async Task A_tunnel_comes_back_when_its_relay_has_been_restarted()
    {
        var first = await RelayLab.StartAsync(("Restart:Spread", "00:00:00"));
        await using var tunnel = first.Open(1);
        await RelayLab.UntilAsync(tunnel, static state => state.Status == RelayStatus.Connected);
        var port = first.Url.Port;

        await first.Server.StopAsync();
        await RelayLab.UntilAsync(tunnel, static state => state.Status == RelayStatus.Connecting);
        await using var second = await RelayLab.StartAsync(("Listen", $"127.0.0.1:{port}"));

        await RelayLab.UntilAsync(tunnel, static state => state.Status == RelayStatus.Connected);
        await first.DisposeAsync();
    }

    [Fact]
    public async Task A_disposed_tunnel_says_that_it_is_closed_and_ends_its_receiver()
    {
        await using var lab = await RelayLab.StartAsync();
        var tunnel = await lab.ConnectAsync(1);
        var receiving = RelayLab.ReceiveAsync(tunnel);

        await tunnel.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => receiving);
        Assert.Equal(RelayStatus.Closed, tunnel.State.Status);
        await tunnel.DisposeAsync();
    }

    [Fact]
    public async Task A_relay_without_tls_elsewhere_than_on_this_machine_is_not_used()
    {
        await using var lab = await RelayLab.StartAsync();

        var state = await RelayLab.UntilAsync(lab.Open(1, url: new Uri("http://192.0.2.1:3340/")), static state => state.Status == RelayStatus.Refused);

        Assert.Contains("without TLS", state.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_web_server_that_is_no_relay_is_named_and_tried_again()
    {
        await using var lab = await RelayLab.StartAsync(("MetricsListen", "127.0.0.1:0"));

        var state = await RelayLab.UntilAsync(lab.Open(1, url: lab.Server.Addresses[1]), static state => state.Detail is not null);

        Assert.Equal(RelayStatus.Connecting, state.Status);
        Assert.Contains("HTTP 404", state.Detail, StringComparison.Ordinal);
    }
}
