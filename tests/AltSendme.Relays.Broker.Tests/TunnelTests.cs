using System.Net;
using System.Net.Sockets;
using AltSendme.Abstractions;
using AltSendme.Plugins.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;

namespace AltSendme.Relays.Broker.Tests;

/// <summary>What a broker does that other relays do not.</summary>
[Collection(RabbitTests.Name)]
public sealed class TunnelTests(RabbitNode rabbit)
{
    private const int Limit = 120_000;

    private static readonly EndpointId Bob = new TestIdentity(2).Id;

    [RabbitFact(Timeout = Limit)]
    public async Task Who_is_not_there_is_reported_as_gone()
    {
        await using var relay = rabbit.Relay();
        var alice = await relay.ConnectAsync(1);
        var nobody = new TestIdentity(99).Id;

        await alice.SendAsync(new RelayDatagrams(nobody, new byte[] { 1 }, 1));
        var received = await alice.ReceiveAsync(new byte[64 * 1024]);

        Assert.Equal((RelayReceivedKind.EndpointGone, nobody), (received.Kind, received.Datagrams.Peer));
    }

    [RabbitFact(Timeout = Limit)]
    public async Task Who_leaves_is_reported_as_gone()
    {
        await using var relay = rabbit.Relay();
        var alice = await relay.ConnectAsync(1);
        await (await relay.ConnectAsync(2)).DisposeAsync();

        RelayReceived received;
        do
        {
            await alice.SendAsync(new RelayDatagrams(Bob, new byte[] { 1 }, 1));
            received = await NextAsync(alice, TimeSpan.FromMilliseconds(200));
        }
        while (received.Kind != RelayReceivedKind.EndpointGone);

        Assert.Equal(Bob, received.Datagrams.Peer);
    }

    [RabbitFact(Timeout = Limit)]
    public async Task Of_what_waits_too_long_for_a_receiver_the_oldest_is_dropped()
    {
        const int Sent = 4 * BrokerSession.MaxQueued;
        await using var relay = rabbit.Relay();
        var bob = await relay.ConnectAsync(2);

        // By hand, since a tunnel would drop before the broker does.
        await using (var connection = await Factory(rabbit.Url).CreateConnectionAsync())
        await using (var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false)))
        {
            for (var number = 0; number < Sent; number++)
                await channel.BasicPublishAsync("amq.direct", Bob.ToString(), BrokerMessage.Write(new TestIdentity(1).Id, EcnCodepoint.NotEct, 4, BitConverter.GetBytes(number)));
            await channel.CloseAsync();
        }

        var numbers = new List<int>();
        var buffer = new byte[64 * 1024];
        while (numbers.LastOrDefault() < Sent - 1)
            numbers.Add(BitConverter.ToInt32((await bob.ReceiveAsync(buffer)).Datagrams.Contents.Span));

        Assert.Equal(Enumerable.Range(0, BrokerSession.Window), numbers.Take(BrokerSession.Window));
        Assert.Equal(numbers.Order(), numbers);
        Assert.InRange(numbers.Count, BrokerSession.Window + 1, Sent - 1);
    }

    [RabbitFact(Timeout = Limit)]
    public async Task A_message_that_no_tunnel_wrote_is_passed_over()
    {
        await using var relay = rabbit.Relay();
        var bob = await relay.ConnectAsync(2);
        await using var connection = await Factory(rabbit.Url).CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();

        foreach (var message in new[] { [], new byte[35], new byte[40], new byte[100_000], BrokerMessage.Write(new TestIdentity(1).Id, EcnCodepoint.Ect0, 3, [1, 2, 3]) })
            await channel.BasicPublishAsync("amq.direct", Bob.ToString(), message);
        var received = await bob.ReceiveAsync(new byte[64 * 1024]);

        Assert.Equal([1, 2, 3], received.Datagrams.Contents.ToArray());
        Assert.Equal(EcnCodepoint.Ect0, received.Datagrams.Ecn);
    }

    [RabbitFact(Timeout = Limit)]
    public async Task A_broker_that_dies_and_comes_back_is_connected_to_again()
    {
        await using var relay = rabbit.Relay();
        var (alice, bob) = (await relay.ConnectAsync(1), await relay.ConnectAsync(2));

        await rabbit.KillAsync();
        var lost = await UntilAsync(alice, RelayStatus.Connecting);
        await rabbit.StartAsync();
        await UntilAsync(alice, RelayStatus.Connected);
        await UntilAsync(bob, RelayStatus.Connected);

        Assert.Contains("127.0.0.1", lost.Detail, StringComparison.Ordinal);
        RelayReceived received;
        do
        {
            await alice.SendAsync(new RelayDatagrams(Bob, new byte[] { 42 }, 1));
            received = await NextAsync(bob, TimeSpan.FromMilliseconds(200));
        }
        while (received.Datagrams.Contents.IsEmpty);
        Assert.Equal(42, received.Datagrams.Contents.Span[0]);
    }

    [RabbitFact(Timeout = Limit)]
    public async Task A_wrong_password_is_refused_and_said()
    {
        await using var relay = rabbit.Relay(token: "alice:wrong");

        var state = await UntilAsync(relay.Open(1), RelayStatus.Refused);

        Assert.Equal("127.0.0.1 does not accept the name or the password", state.Detail);
    }

    [RabbitFact(Timeout = Limit)]
    public async Task A_virtual_host_that_the_user_may_not_use_is_refused_and_said()
    {
        await using var relay = rabbit.Relay(url: new Uri(rabbit.Url, "/other"));

        var state = await UntilAsync(relay.Open(1), RelayStatus.Refused);

        Assert.Contains("127.0.0.1 does not let this user in", state.Detail, StringComparison.Ordinal);
        Assert.Contains("other", state.Detail, StringComparison.Ordinal);
    }

    [RabbitFact(Timeout = Limit)]
    public async Task A_user_who_may_not_send_is_told_so()
    {
        await using var relay = rabbit.Relay(token: RabbitNode.ReaderToken);
        var tunnel = await relay.ConnectAsync(1);

        await tunnel.SendAsync(new RelayDatagrams(Bob, new byte[] { 1 }, 1));
        var state = await UntilAsync(tunnel, RelayStatus.Refused);

        Assert.Contains("127.0.0.1 does not let this user in", state.Detail, StringComparison.Ordinal);
        Assert.Contains("amq.direct", state.Detail, StringComparison.Ordinal);
    }

    [RabbitFact(Timeout = Limit)]
    public async Task A_connection_that_is_cut_at_the_login_is_no_refusal()
    {
        using var between = new TcpListener(IPAddress.Loopback, 0);
        between.Start();
        var cutting = CutAsync(between, rabbit.Url.Port);
        await using var relay = rabbit.Relay(url: new Uri($"amqp://{between.LocalEndpoint}/altsendme"));

        var state = await UntilAsync(relay.Open(1), RelayStatus.Connecting);

        await cutting;
        Assert.Contains("can't be reached", state.Detail, StringComparison.Ordinal);
    }

    [RabbitFact(Timeout = Limit)]
    public async Task A_certificate_that_nobody_trusts_is_said()
    {
        await using var relay = rabbit.Relay(url: rabbit.SecureUrl);

        var state = await UntilAsync(relay.Open(1), RelayStatus.Connecting);

        Assert.Equal("the certificate of 127.0.0.1 is not trusted, or is for another name", state.Detail);
    }

    [Theory(Timeout = Limit)]
    [InlineData("amqp://127.0.0.1:1", null, "must be USER:PASSWORD")]
    [InlineData("amqp://127.0.0.1:1", "alice", "must be USER:PASSWORD")]
    [InlineData("amqp://broker.example", "alice:secret", "Use amqps://")]
    [InlineData("amqps://alice:secret@broker.example", "alice:secret", "stands in tickets")]
    public async Task A_broker_that_must_not_be_asked_is_not_contacted(string url, string? token, string reason)
    {
        await using var tunnel = new BrokerTunnel(new RelayContext(new TestIdentity(1), new Uri(url)) { AccessToken = token }, allowPlain: false, TimeProvider.System, NullLogger.Instance);

        var state = await UntilAsync(tunnel, RelayStatus.Refused);

        Assert.Contains("was not contacted", state.Detail, StringComparison.Ordinal);
        Assert.Contains(reason, state.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", state.Detail, StringComparison.Ordinal);
    }

    [RabbitFact(Timeout = Limit)]
    public async Task The_distance_is_measured_without_a_login()
    {
        var probe = new BrokerProbe(TimeProvider.System);

        Assert.NotNull((await probe.MeasureAsync(rabbit.Url, CancellationToken.None)).Latency);
        Assert.NotNull((await probe.MeasureAsync(new Uri("amqp://127.0.0.1:1"), CancellationToken.None)).Detail);
    }

    private static ConnectionFactory Factory(Uri url) => BrokerAddress.Factory(new RelayContext(new TestIdentity(9), url) { AccessToken = RabbitNode.Token }, allowPlain: false);

    // Passes on the greetings of both sides, and nothing after the client's login has come.
    private static async Task CutAsync(TcpListener listener, int port)
    {
        using var client = await listener.AcceptTcpClientAsync();
        using var broker = new TcpClient();
        await broker.ConnectAsync(IPAddress.Loopback, port);
        var buffer = new byte[64 * 1024];
        await broker.GetStream().WriteAsync(buffer.AsMemory(0, await client.GetStream().ReadAsync(buffer)));
        await client.GetStream().WriteAsync(buffer.AsMemory(0, await broker.GetStream().ReadAsync(buffer)));
        await client.GetStream().ReadExactlyAsync(buffer.AsMemory(0, 1));
    }

    private static async Task<RelayState> UntilAsync(IRelay tunnel, RelayStatus status)
    {
        await foreach (var state in tunnel.WatchStateAsync())
        {
            if (state.Status == status && (status != RelayStatus.Connecting || state.Detail is not null))
                return state;
        }

        throw new InvalidOperationException($"The tunnel never was {status}.");
    }

    // What arrives within a while, or nothing.
    private static async Task<RelayReceived> NextAsync(IRelay tunnel, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        try
        {
            return await tunnel.ReceiveAsync(new byte[64 * 1024], limit.Token);
        }
        catch (OperationCanceledException)
        {
            return default;
        }
    }
}
