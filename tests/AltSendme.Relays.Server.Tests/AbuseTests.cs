using System.Net.Sockets;
using AltSendme.RelayProtocol;
using AltSendme.TestKit;

namespace AltSendme.Relays.Server.Tests;

public sealed class AbuseTests
{
    [Theory]
    [InlineData("04", "HandshakeNotAllowed")]
    [InlineData("09", "HandshakeNotAllowed")]
    [InlineData("0100", "HandshakeBadLength")]
    [InlineData("3F", "HandshakeUnknownType")]
    public async Task Frames_before_authentication_end_the_connection_and_are_counted(string hex, string fault)
    {
        await using var relay = await RelayHarness.StartAsync();
        var client = await relay.UpgradeAsync();
        await client.ReceiveAsync();

        await client.SendAsync(Convert.FromHexString(hex));

        Assert.Equal("03", Convert.ToHexString((await client.ReceiveAsync())!)[..2]);
        await client.UntilClosedAsync();
        Assert.Contains(relay.Metrics.Faults, entry => entry.Key == fault && entry.Value == 1);
    }

    [Fact]
    public async Task Before_authentication_a_long_message_is_refused_by_its_length()
    {
        await using var relay = await RelayHarness.StartAsync();
        var client = await relay.UpgradeAsync();
        await client.ReceiveAsync();

        await client.WriteAsync([0x82, 0xFE, 0x80, 0, 0, 0, 0, 0]);

        await client.UntilClosedAsync();
        Assert.Contains(relay.Metrics.Faults, static entry => entry.Key == "HandshakeTooLarge");
    }

    [Fact]
    public async Task An_answer_to_an_earlier_challenge_is_worth_nothing()
    {
        await using var relay = await RelayHarness.StartAsync();
        var first = await relay.UpgradeAsync();
        var recorded = RawClient.Answer(1, (await first.ReceiveAsync())![1..]);

        var second = await relay.UpgradeAsync();
        await second.ReceiveAsync();
        await second.SendAsync(recorded);

        Assert.True(AuthAnswer.TryRead((await second.ReceiveAsync())!, out var answer, out _));
        Assert.Equal("signature invalid", answer.ReasonText());
        await second.UntilClosedAsync();
        Assert.Equal(1, Volatile.Read(ref relay.Metrics.AuthenticationFailed));
    }

    [Theory]
    [InlineData("0600", "NotAllowed", 1002)]
    [InlineData("02", "NotAllowed", 1002)]
    [InlineData("0E", "UnknownType", 1002)]
    [InlineData("0400", "BadLength", 1002)]
    [InlineData("09", "BadLength", 1002)]
    public async Task A_client_that_breaks_the_protocol_is_disconnected_with_its_code(string hex, string fault, int code)
    {
        await using var relay = await RelayHarness.StartAsync();
        var client = await relay.ConnectAsync(1);

        await client.SendAsync(Convert.FromHexString(hex));

        await client.UntilClosedAsync();
        Assert.Equal(code, client.CloseCode);
        Assert.Contains(relay.Metrics.Faults, entry => entry.Key == fault);
    }

    [Theory]
    [InlineData(new byte[] { 0x82, 0xFF, 0, 0, 0, 0, 0, 2, 0, 0 }, "TooLarge", 1009)]
    [InlineData(new byte[] { 0x82, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, "TooLarge", 1009)]
    [InlineData(new byte[] { 0x82, 0x01, 9 }, "NotMasked", 1002)]
    [InlineData(new byte[] { 0xC2, 0x81, 0, 0, 0, 0, 9 }, "ReservedBit", 1002)]
    [InlineData(new byte[] { 0x83, 0x80, 0, 0, 0, 0 }, "UnknownOpcode", 1002)]
    [InlineData(new byte[] { 0x80, 0x80, 0, 0, 0, 0 }, "OutOfOrder", 1002)]
    [InlineData(new byte[] { 0x09, 0x80, 0, 0, 0, 0 }, "BadControl", 1002)]
    [InlineData(new byte[] { 0x89, 0xFE, 0, 200, 0, 0, 0, 0 }, "BadControl", 1002)]
    public async Task Bytes_that_are_no_websocket_frames_end_the_connection_as_soon_as_that_is_clear(byte[] bytes, string fault, int code)
    {
        await using var relay = await RelayHarness.StartAsync();
        var client = await relay.ConnectAsync(1);

        await client.WriteAsync(bytes);

        await client.UntilClosedAsync();
        Assert.Equal(code, client.CloseCode);
        Assert.Contains(relay.Metrics.Faults, entry => entry.Key == fault);
    }

    [Fact]
    public async Task Parts_that_add_up_to_too_much_end_the_connection()
    {
        await using var relay = await RelayHarness.StartAsync();
        var client = await relay.ConnectAsync(1);

        await client.SendAsync(new byte[60_000], opcode: 2, last: false);
        await client.SendAsync(new byte[60_000], opcode: 0, last: true);

        await client.UntilClosedAsync();
        Assert.Equal(1009, client.CloseCode);
    }

    [Fact]
    public async Task Text_messages_are_passed_over_and_counted()
    {
        await using var relay = await RelayHarness.StartAsync();
        var client = await relay.ConnectAsync(1);

        await client.SendAsync("hello"u8.ToArray(), opcode: 1);
        await client.SendAsync([9, 1, 2, 3, 4, 5, 6, 7, 8]);

        Assert.Equal("0A0102030405060708", Convert.ToHexString((await client.ReceiveAsync())!));
        Assert.Equal(1, Volatile.Read(ref relay.Metrics.TextsIgnored));
    }

    [Fact]
    public async Task The_source_of_a_packet_is_who_proved_to_be_it_whatever_the_packet_says()
    {
        await using var relay = await RelayHarness.StartAsync();
        var (mallory, bob) = (await relay.ConnectAsync(1), await relay.ConnectAsync(2));

        await mallory.SendAsync(RawClient.Datagram(2, RawClient.Id(3)));

        var received = (await bob.ReceiveAsync())!;
        Assert.Equal(RawClient.Id(1), received[1..33]);
    }

    [Fact]
    public async Task Packets_for_nobody_are_dropped_and_counted()
    {
        await using var relay = await RelayHarness.StartAsync();
        var client = await relay.ConnectAsync(1);

        for (var i = 0; i < 100; i++)
            await client.SendAsync(RawClient.Datagram(99, new byte[1200]));
        await client.SendAsync([9, 0, 0, 0, 0, 0, 0, 0, 7]);

        Assert.Equal(10, (await client.ReceiveAsync())![0]);
        Assert.Equal(100, Volatile.Read(ref relay.Metrics.PacketsToAbsentPeers));
    }

    [Fact]
    public async Task A_flooded_client_that_reads_nothing_costs_bounded_memory_hurts_nobody_else_and_is_cut_off()
    {
        await using var relay = await RelayHarness.StartAsync(("Limits:QueueFrames", "64"), ("Limits:QueueBytes", "262144"));
        var (flooder, victim) = (await relay.ConnectAsync(1), await relay.ConnectAsync(2));
        var (carol, dave) = (await relay.ConnectAsync(3), await relay.ConnectAsync(4));
        var packet = RawClient.Frame(RawClient.Datagram(2, new byte[32_000]));

        await RelayHarness.UntilAsync(
            async () =>
            {
                await flooder.WriteAsync(packet);
                return Volatile.Read(ref relay.Metrics.PacketsDroppedFullQueue) > 200;
            },
            "packets are dropped");
        await carol.SendAsync(RawClient.Datagram(4, "still here"u8.ToArray()));

        Assert.Equal("still here"u8.ToArray(), (await dave.ReceiveAsync())![34..]);
        await relay.AdvanceUntilAsync(
            async () =>
            {
                // The others show that they live.
                foreach (var client in new[] { flooder, carol, dave })
                    await client.SendAsync([9, 0, 0, 0, 0, 0, 0, 0, 0]);
                return Volatile.Read(ref relay.Metrics.SlowClientsCut) == 1;
            },
            "the victim is cut off");
        await victim.UntilClosedAsync();
    }

    [Fact]
    public async Task An_unfinished_frame_is_waited_for_until_the_limit_and_not_longer()
    {
        await using var relay = await RelayHarness.StartAsync();
        var client = await relay.ConnectAsync(1);

        await client.WriteAsync(RawClient.Frame(RawClient.Datagram(2, new byte[1000]))[..500]);
        await relay.AdvanceUntilAsync(() => Volatile.Read(ref relay.Metrics.SlowClientsCut) == 1, "the client is cut off");

        await client.UntilClosedAsync();
    }

    [Fact]
    public async Task A_client_that_gives_no_sign_of_life_is_asked_for_one_and_cut_off()
    {
        await using var relay = await RelayHarness.StartAsync();
        var client = await relay.ConnectAsync(1);

        relay.Time.Advance(TimeSpan.FromSeconds(17));
        Assert.Equal((byte)FrameType.Ping, (await client.ReceiveAsync())![0]);
        await relay.AdvanceUntilAsync(() => Volatile.Read(ref relay.Metrics.SilentClientsCut) == 1, "the client is cut off");

        await client.UntilClosedAsync();
    }

    [Fact]
    public async Task A_client_that_never_answers_the_challenge_is_cut_off()
    {
        await using var relay = await RelayHarness.StartAsync();
        var client = await relay.UpgradeAsync();
        await client.ReceiveAsync();

        await relay.AdvanceUntilAsync(() => Volatile.Read(ref relay.Metrics.HandshakesTimedOut) == 1, "the handshake has timed out");

        await client.UntilClosedAsync();
    }

    [Fact]
    public async Task A_request_that_never_ends_is_cut_off()
    {
        await using var relay = await RelayHarness.StartAsync(("Limits:HandshakeTimeout", "00:00:01"));
        using var slow = await RawClient.DialAsync(relay.Url);

        await slow.WriteAsync("GET /relay HTTP/1.1\r\nHost: re"u8.ToArray());

        // The web server's own clock: it answers 408, or just closes.
        Assert.DoesNotContain("101", await slow.ReadHeadAsync(), StringComparison.Ordinal);
        await RelayHarness.UntilAsync(() => Volatile.Read(ref relay.Metrics.ConnectionsWithoutRequest) == 1, "it is counted");
    }

    [Fact]
    public async Task A_thousand_sockets_that_say_nothing_do_not_keep_others_out()
    {
        await using var relay = await RelayHarness.StartAsync(("Limits:ConnectionsPerAddress", "0"), ("Limits:HandshakeTimeout", "00:01:00"));
        var silent = new List<RawClient>();
        try
        {
            for (var i = 0; i < 1000; i++)
                silent.Add(await RawClient.DialAsync(relay.Url));
            await RelayHarness.UntilAsync(() => Volatile.Read(ref relay.Metrics.Connections) == 1000, "all are connected");

            var (alice, bob) = (await relay.ConnectAsync(1), await relay.ConnectAsync(2));
            await alice.SendAsync(RawClient.Datagram(2, "through"u8.ToArray()));

            Assert.Equal("through"u8.ToArray(), (await bob.ReceiveAsync())![34..]);
        }
        finally
        {
            silent.ForEach(static client => client.Dispose());
        }

        await RelayHarness.UntilAsync(() => Volatile.Read(ref relay.Metrics.Connections) == 2, "the silent ones are forgotten");
    }

    [Fact]
    public async Task Beyond_the_limit_connections_are_closed_and_counted_and_those_before_them_stay()
    {
        await using var relay = await RelayHarness.StartAsync(("Limits:Connections", "2"), ("Limits:Clients", "2"));
        var (alice, bob) = (await relay.ConnectAsync(1), await relay.ConnectAsync(2));

        using var third = await RawClient.DialAsync(relay.Url);

        Assert.Equal("", await third.ReadHeadAsync().ContinueWith(static read => read.IsCompletedSuccessfully ? read.Result : ""));
        Assert.Equal(1, Volatile.Read(ref relay.Metrics.ConnectionsRefusedFull));
        await alice.SendAsync(RawClient.Datagram(2, "through"u8.ToArray()));
        Assert.Equal("through"u8.ToArray(), (await bob.ReceiveAsync())![34..]);
    }

    [Fact]
    public async Task One_address_gets_so_many_connections_and_no_more()
    {
        await using var relay = await RelayHarness.StartAsync(("Limits:ConnectionsPerAddress", "2"));
        await relay.ConnectAsync(1);
        await relay.ConnectAsync(2);

        var answer = "";
        try
        {
            using var third = await RawClient.DialAsync(relay.Url);
            answer = await third.ReadHeadAsync();
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // The relay may hang up before the dial has even returned.
        }

        Assert.Equal("", answer);
        await RelayHarness.UntilAsync(() => Volatile.Read(ref relay.Metrics.ConnectionsRefusedPerAddress) == 1, "the refusal is counted");
    }

    [Fact]
    public async Task A_client_that_sends_too_much_is_told_and_read_more_slowly()
    {
        await using var relay = await RelayHarness.StartAsync(("Limits:ClientBytesPerSecond", "100000"), ("Limits:ClientBurst", "1048576"));
        var (greedy, bob) = (await relay.ConnectAsync(1), await relay.ConnectAsync(2));
        var packet = RawClient.Frame(RawClient.Datagram(2, new byte[60_000]));

        for (var i = 0; i < 18; i++)
            await greedy.WriteAsync(packet);

        Assert.Equal("0D02", Convert.ToHexString((await greedy.ReceiveAsync())!));
        await RelayHarness.UntilAsync(() => Volatile.Read(ref relay.Metrics.RateLimited) > 0, "the client is slowed down");
        Assert.Equal(60_034, (await bob.ReceiveAsync())!.Length);
    }

    [Fact]
    public async Task However_a_client_cuts_its_bytes_what_it_sends_arrives()
    {
        await using var relay = await RelayHarness.StartAsync();
        var (alice, bob) = (await relay.ConnectAsync(1), await relay.ConnectAsync(2));
        var random = Seeds.Random();
        var packets = Enumerable.Range(0, 60).Select(_ => random.Bytes(random.Next(1, 3000))).ToArray();
        var bytes = new List<byte>();
        foreach (var packet in packets)
        {
            var datagram = RawClient.Datagram(2, packet);
            var cut = random.Next(datagram.Length);
            bytes.AddRange(random.Next(2) == 0
                ? RawClient.Frame(datagram)
                : [.. RawClient.Frame(datagram[..cut], 2, last: false), .. RawClient.Frame([], opcode: 9), .. RawClient.Frame(datagram[cut..], opcode: 0)]);
        }

        for (var sent = 0; sent < bytes.Count;)
        {
            var length = Math.Min(random.Next(1, 5000), bytes.Count - sent);
            await alice.WriteAsync([.. bytes.Skip(sent).Take(length)]);
            sent += length;
        }

        foreach (var packet in packets)
            Assert.Equal(packet, (await bob.ReceiveAsync())![34..]);
    }
}
