using System.Net;
using System.Text;
using AltSendme.Quic.Driver;

namespace AltSendme.Quic.Tests.Driver;

public class HandshakeTests
{
    [Fact]
    public async Task Both_ends_learn_who_the_other_is_and_what_they_speak()
    {
        await using var pair = Pair.Bind();

        var (client, server) = await pair.ConnectAsync();

        Assert.Equal(pair.ServerKey.ToArray(), client.RemotePublicKey.ToArray());
        Assert.Equal(pair.ClientKey.ToArray(), server.RemotePublicKey.ToArray());
        Assert.Equal(Pair.Protocol.ToArray(), client.ApplicationProtocol.ToArray());
        Assert.Equal(Pair.Protocol.ToArray(), server.ApplicationProtocol.ToArray());
        Assert.Equal(pair.Server.LocalEndPoint, client.RemoteEndPoint);
        Assert.Equal(pair.Client.LocalEndPoint, server.RemoteEndPoint);
    }

    [Fact]
    public async Task A_server_with_another_key_is_refused()
    {
        await using var pair = Pair.Bind();

        var fault = await Assert.ThrowsAsync<QuicConnectionException>(() =>
            pair.Client.ConnectAsync(pair.Server.LocalEndPoint, Pair.Identity().PublicKey, Pair.Protocol, pair.Deadline));

        Assert.Equal(QuicFailure.WrongPeer, fault.Reason.Failure);
    }

    [Fact]
    public async Task A_protocol_that_the_server_does_not_speak_is_refused()
    {
        await using var pair = Pair.Bind();

        var fault = await Assert.ThrowsAsync<QuicConnectionException>(() =>
            pair.Client.ConnectAsync(pair.Server.LocalEndPoint, pair.ServerKey, Encoding.ASCII.GetBytes("other"), pair.Deadline));

        Assert.Equal(QuicFailure.NoCommonProtocol, fault.Reason.Failure);
    }

    [Fact]
    public async Task Of_several_protocols_the_servers_best_is_taken()
    {
        var best = Encoding.ASCII.GetBytes("best");
        await using var pair = Pair.Bind(server: options => options with { ApplicationProtocols = [best, Pair.Protocol] });

        var client = await pair.Client.ConnectAsync(pair.Server.LocalEndPoint, pair.ServerKey, [Pair.Protocol, best], pair.Deadline);

        Assert.Equal(best, client.ApplicationProtocol.ToArray());
    }

    [Fact]
    public async Task A_server_may_ask_every_client_to_prove_its_address()
    {
        await using var pair = Pair.Bind(server: options => options with { MaxUnprovenHandshakes = 0 });

        var (client, server) = await pair.ConnectAsync();

        Assert.False(client.Closed.IsCompleted);
        Assert.False(server.Closed.IsCompleted);
    }

    [Fact]
    public async Task A_server_that_is_full_refuses()
    {
        await using var pair = Pair.Bind(server: options => options with { MaxConnections = 1, MaxUnprovenHandshakes = 0 });
        await pair.ConnectAsync();

        var fault = await Assert.ThrowsAsync<QuicConnectionException>(() => pair.Client.ConnectAsync(pair.Server.LocalEndPoint, pair.ServerKey, Pair.Protocol, pair.Deadline));

        Assert.Equal(QuicFailure.Refused, fault.Reason.Failure);
    }

    [Fact]
    public async Task Nobody_at_the_address_ends_in_a_timeout()
    {
        await using var pair = Pair.Bind(new ConnectionOptions { HandshakeTimeout = TimeSpan.FromMilliseconds(200) });

        var fault = await Assert.ThrowsAsync<QuicConnectionException>(() =>
            pair.Client.ConnectAsync(new IPEndPoint(IPAddress.Loopback, 9), pair.ServerKey, Pair.Protocol, pair.Deadline));

        Assert.Equal(QuicFailure.TimedOut, fault.Reason.Failure);
    }

    [Fact]
    public async Task A_key_that_cannot_sign_costs_one_connection_and_no_other()
    {
        var faults = 1;
        await using var pair = Pair.Bind(new ConnectionOptions { HandshakeTimeout = TimeSpan.FromSeconds(1) }, options => options with
        {
            Sign = (toSign, signature) =>
            {
                if (faults-- > 0)
                    throw new InvalidOperationException("The key store is locked.");
                options.Sign(toSign, signature);
            },
        });

        var fault = await Assert.ThrowsAsync<QuicConnectionException>(() => pair.Client.ConnectAsync(pair.Server.LocalEndPoint, pair.ServerKey, Pair.Protocol, pair.Deadline));
        Assert.Equal(QuicFailure.TimedOut, fault.Reason.Failure);

        var (client, _) = await pair.ConnectAsync();
        Assert.False(client.Closed.IsCompleted);
    }

    [Fact]
    public async Task Connecting_can_be_cancelled()
    {
        await using var pair = Pair.Bind();
        using var cancel = new CancellationTokenSource();

        var connecting = pair.Client.ConnectAsync(new IPEndPoint(IPAddress.Loopback, 9), pair.ServerKey, Pair.Protocol, cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
    }

    [Fact]
    public async Task A_hundred_clients_connect_at_once()
    {
        await using var pair = Pair.Bind();

        var connecting = Enumerable.Range(0, 100).Select(_ => pair.Client.ConnectAsync(pair.Server.LocalEndPoint, pair.ServerKey, Pair.Protocol, pair.Deadline)).ToArray();
        for (var i = 0; i < connecting.Length; i++)
            await pair.Server.AcceptAsync(pair.Deadline);

        Assert.All(await Task.WhenAll(connecting), connection => Assert.Equal(pair.ServerKey.ToArray(), connection.RemotePublicKey.ToArray()));
    }

    [Fact]
    public async Task Ipv6_and_ipv4_clients_reach_a_dual_server()
    {
        await using var pair = Pair.Bind(server: options => options with { LocalEndPoint = new IPEndPoint(IPAddress.IPv6Any, 0) });
        await using var six = QuicEndpoint.Bind(Pair.Identity() with { LocalEndPoint = new IPEndPoint(IPAddress.IPv6Loopback, 0) });
        var port = pair.Server.LocalEndPoint.Port;

        var overFour = await pair.Client.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), pair.ServerKey, Pair.Protocol, pair.Deadline);
        var overSix = await six.ConnectAsync(new IPEndPoint(IPAddress.IPv6Loopback, port), pair.ServerKey, Pair.Protocol, pair.Deadline);

        Assert.False(overFour.Closed.IsCompleted);
        Assert.False(overSix.Closed.IsCompleted);
    }
}
