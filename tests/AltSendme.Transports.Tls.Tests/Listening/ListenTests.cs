using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using AltSendme.Abstractions;
using AltSendme.DirectConnections.Certificates;
using AltSendme.Plugins.Testing;

namespace AltSendme.Transports.Tls.Tests.Listening;

public sealed class ListenTests
{
    private const int Limit = 60_000;

    [Fact(Timeout = Limit)]
    public async Task One_port_serves_both_families()
    {
        await using var listening = TlsPair.Transport(TransportPair.Server);
        var port = (await listening.ListenAsync(new ListenOptions([TransportPair.Protocol])))!.Value;
        await using var dialling = TlsPair.Transport(TransportPair.Client);

        foreach (var address in Socket.OSSupportsIPv6 ? new[] { IPAddress.Loopback, IPAddress.IPv6Loopback } : [IPAddress.Loopback])
        {
            await using var connection = await dialling.DialAsync(TransportPair.Server.Id, Candidates.Of(new IPEndPoint(address, port)), TransportPair.Protocol);
            Assert.Equal(TransportPair.Server.Id, connection.RemoteId);
        }
    }

    [Fact(Timeout = Limit)]
    public async Task A_port_that_is_taken_is_said_so()
    {
        await using var pair = await TlsPair.StartAsync();
        await using var second = TlsPair.Transport(TransportPair.Client);

        var failure = await Assert.ThrowsAsync<TransportException>(
            async () => await second.ListenAsync(new ListenOptions([TransportPair.Protocol]) { Port = pair.EndPoint.Port, Addresses = [IPAddress.Loopback] }));

        Assert.Equal("tls.port-taken", failure.Code);
    }

    [Fact(Timeout = Limit)]
    public async Task Several_protocols_are_told_apart()
    {
        Alpn[] protocols = [Alpn.Blobs, Alpn.Metadata];
        await using var listening = TlsPair.Transport(TransportPair.Server);
        var port = await listening.ListenAsync(new ListenOptions(protocols) { Addresses = [IPAddress.Loopback] });
        await using var dialling = TlsPair.Transport(TransportPair.Client);
        await using var accepting = listening.AcceptAsync().GetAsyncEnumerator();

        foreach (var protocol in protocols)
        {
            await using var connection = await dialling.DialAsync(TransportPair.Server.Id, Candidates.Of(new IPEndPoint(IPAddress.Loopback, port!.Value)), protocol);
            Assert.True(await accepting.MoveNextAsync());
            Assert.Equal((protocol, protocol), (connection.Protocol, accepting.Current.Protocol));
            await accepting.Current.DisposeAsync();
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Addresses_are_empty_at_first_then_all_of_one_port_and_end_with_the_transport()
    {
        var transport = TlsPair.Transport(TransportPair.Server);
        await using var addresses = transport.WatchAddressesAsync().GetAsyncEnumerator();
        Assert.True(await addresses.MoveNextAsync());
        Assert.Empty(addresses.Current);

        var port = await transport.ListenAsync(new ListenOptions([TransportPair.Protocol]));

        Assert.True(await addresses.MoveNextAsync());
        Assert.NotEmpty(addresses.Current);
        Assert.All(addresses.Current, address => Assert.True(address.TryGetIp(out var endPoint) && endPoint.Port == port));
        await transport.DisposeAsync();
        await transport.DisposeAsync();
        while (await addresses.MoveNextAsync())
        {
        }
    }

    [Theory(Timeout = Limit)]
    [InlineData("no certificate")]
    [InlineData("TLS 1.2")]
    [InlineData("another protocol")]
    [InlineData("no protocol")]
    [InlineData("a certificate of somebody else's making")]
    public async Task A_caller_who_does_not_fit_is_turned_away_and_harms_nobody(string fault)
    {
        await using var pair = await TlsPair.StartAsync();
        using var certificate = OwnCertificate.Create(TransportPair.Client).TargetCertificate;
        using var plain = PlainCertificate.Create();
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "",
            EnabledSslProtocols = fault == "TLS 1.2" ? SslProtocols.Tls12 : SslProtocols.Tls13,
            ApplicationProtocols = fault switch
            {
                "no protocol" => null,
                "another protocol" => [SslApplicationProtocol.Http2],
                _ => [Handshakes.TlsHandshake.Alpn.ToTls(TransportPair.Protocol)],
            },
            ClientCertificates = fault switch
            {
                "no certificate" => null,
                "a certificate of somebody else's making" => [plain],
                _ => [certificate],
            },
            RemoteCertificateValidationCallback = (_, server, _, _) => server is not null,
        };

        using var client = new TcpClient();
        await client.ConnectAsync(pair.EndPoint);
        await using var tls = new SslStream(client.GetStream());
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await tls.AuthenticateAsClientAsync(options);
            Assert.Equal(0, await tls.ReadAsync(new byte[1]));   // in TLS 1.3 the refusal comes after the client's handshake
            throw new IOException("turned away");
        });

        var (near, far) = await pair.ConnectAsync();
        await near.DisposeAsync();
        await far.DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task Callers_who_never_speak_do_not_keep_others_out()
    {
        await using var pair = await TlsPair.StartAsync();
        var silent = new List<Socket>();
        for (var i = 0; i < 2 * TransportLimits.MaxHandshakes; i++)
        {
            silent.Add(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
            await silent[^1].ConnectAsync(pair.EndPoint);
        }

        var (near, far) = await pair.ConnectAsync();

        await AssertEndedAsync(silent[0]);   // the oldest gave way
        await near.DisposeAsync();
        await far.DisposeAsync();
        silent.ForEach(socket => socket.Dispose());
    }

    [Fact(Timeout = Limit)]
    public async Task A_handshake_that_drips_is_cut_after_its_time()
    {
        var time = new ManualTime();
        await using var pair = await TlsPair.StartAsync(time);
        using var slow = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await slow.ConnectAsync(pair.EndPoint);
        await slow.SendAsync(new byte[] { 0x16, 0x03 });
        var (near, far) = await pair.ConnectAsync();   // accepted after the slow one, so that its time runs by now

        time.Advance(AltSendme.DirectConnections.Dialing.DialLimits.HandshakeTime);

        await AssertEndedAsync(slow);
        await near.DisposeAsync();
        await far.DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task Garbage_and_hang_ups_do_not_end_the_listening()
    {
        await using var pair = await TlsPair.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            using var caller = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await caller.ConnectAsync(pair.EndPoint);
            await caller.SendAsync(Pattern.Bytes(100 * i, i));
            caller.LingerState = new LingerOption(true, 0);
        }

        var (near, far) = await pair.ConnectAsync();
        await near.DisposeAsync();
        await far.DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task Disposing_ends_the_accepting_and_what_nobody_took()
    {
        var pair = await TlsPair.StartAsync();
        var connection = await pair.DialAsync();

        await pair.Listening.DisposeAsync();

        await foreach (var taken in pair.Listening.AcceptAsync())
            Assert.Fail($"{taken.RemoteId}");
        Assert.Equal(CloseInitiator.Peer, (await connection.Closed).Initiator);
        await pair.DisposeAsync();
    }

    private static async Task AssertEndedAsync(Socket socket)
    {
        try
        {
            Assert.Equal(0, await socket.ReceiveAsync(new byte[1]));
        }
        catch (SocketException reset)
        {
            Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
        }
    }
}
