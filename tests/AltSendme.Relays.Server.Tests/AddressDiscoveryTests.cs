using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AltSendme.Quic;
using AltSendme.Quic.Driver;
using AltSendme.Quic.Paths;
using AltSendme.Quic.Tls;
using AltSendme.TestKit;
using Protocol = AltSendme.RelayProtocol.AddressDiscovery;

namespace AltSendme.Relays.Server.Tests;

/// <summary>Endpoints ask the relay over UDP at which address it sees them.</summary>
public sealed class AddressDiscoveryTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _limit = new(RelayHarness.Limit);
    private readonly QuicEndpoint _client = QuicEndpoint.Bind(new QuicEndpointOptions { LocalEndPoint = new IPEndPoint(IPAddress.Loopback, 0) });

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _limit.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_endpoint_learns_its_address_and_is_counted_while_it_stays()
    {
        var authority = Write("relay");
        await using var relay = await StartAsync();

        var connection = await ConnectAsync(relay, authority);
        Assert.Equal(_client.LocalEndPoint, await ObservedAsync(connection));
        await RelayHarness.UntilAsync(() => Volatile.Read(ref relay.Metrics.AddressConnections) == 1, "the connection is counted");

        await connection.CloseAsync(Protocol.FinishedCode, Protocol.FinishedReason);
        await RelayHarness.UntilAsync(() => Volatile.Read(ref relay.Metrics.AddressConnections) == 0, "the connection is gone");
        Assert.Equal((1, 1), (Volatile.Read(ref relay.Metrics.AddressQuestions), Volatile.Read(ref relay.Metrics.AddressesTold)));
    }

    [Fact]
    public async Task A_renewed_certificate_is_shown_without_a_restart()
    {
        var first = Write("first");
        await using var relay = await StartAsync();
        await ObservedAsync(await ConnectAsync(relay, first));

        var second = Write("second");
        relay.Time.Advance(TimeSpan.FromSeconds(11));
        await ObservedAsync(await ConnectAsync(relay, second));

        Assert.Equal(QuicFailure.WrongPeer, (await FailureAsync(relay, first, Protocol.Alpn)).Failure);
    }

    [Fact]
    public async Task Another_protocol_gets_nowhere()
    {
        var authority = Write("relay");
        await using var relay = await StartAsync();

        Assert.Equal(QuicFailure.NoCommonProtocol, (await FailureAsync(relay, authority, "/iroh-bytes/4"u8.ToArray())).Failure);
    }

    [Fact]
    public async Task Floods_of_garbage_and_of_first_datagrams_are_bounded_and_others_are_served_afterwards()
    {
        var authority = Write("relay");
        await using var relay = await StartAsync(("AddressDiscovery:HandshakesPerSecond", "50"));
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(relay.Server.AddressDiscovery!);
        var datagram = new byte[1200];
        for (var i = 0; i < 3000; i++)
        {
            Random.Shared.NextBytes(datagram);
            if (i % 2 == 0)
                Begin(datagram);
            await socket.SendAsync(datagram.AsMemory(0, i % 7 == 0 ? 1 + (i % 1199) : 1200));
        }

        await RelayHarness.UntilAsync(() => Volatile.Read(ref relay.Metrics.AddressQuestionsIgnored) > 0, "too many questions are ignored");
        Assert.InRange(Volatile.Read(ref relay.Metrics.AddressQuestions) - Volatile.Read(ref relay.Metrics.AddressQuestionsIgnored), 1, 50);

        var connecting = ConnectAsync(relay, authority);
        await relay.AdvanceUntilAsync(() => connecting.IsCompleted, "the next endpoint is served");
        Assert.Equal(_client.LocalEndPoint, await ObservedAsync(await connecting));
    }

    [Fact]
    public async Task An_address_with_too_many_connections_gets_no_more_of_them()
    {
        var authority = Write("relay");
        await using var relay = await StartAsync(("Limits:ConnectionsPerAddress", "2"));
        await ObservedAsync(await ConnectAsync(relay, authority));
        await ObservedAsync(await ConnectAsync(relay, authority));

        var third = await ConnectAsync(relay, authority);

        Assert.Equal(QuicFailure.ClosedByPeer, (await third.Closed.WaitAsync(_limit.Token)).Failure);
    }

    [Fact]
    public async Task A_relay_without_a_certificate_and_one_that_was_told_so_do_not_listen()
    {
        Write("relay");
        await using var plain = await RelayHarness.StartAsync();
        await using var off = await StartAsync(("AddressDiscovery:Listen", "off"));

        Assert.Equal((null, null), (plain.Server.AddressDiscovery, off.Server.AddressDiscovery));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        Write("relay");
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        var fault = await Assert.ThrowsAnyAsync<IOException>(() => StartAsync(("AddressDiscovery:Listen", socket.LocalEndPoint!.ToString()!)));

        Assert.Contains("AddressDiscovery:Listen", fault.Message, StringComparison.Ordinal);
    }

    // A long header of QUIC version 1, type Initial, with ids of eight bytes and no token.
    private static void Begin(byte[] datagram)
    {
        datagram[0] = 0xc0;
        (datagram[1], datagram[2], datagram[3], datagram[4], datagram[5], datagram[14], datagram[23]) = (0, 0, 0, 1, 8, 8, 0);
        (datagram[24], datagram[25]) = (0x44, 0x90);
    }

    private Task<RelayHarness> StartAsync(params (string Key, string Value)[] settings) => RelayHarness.StartAsync([("Tls:Certificate", At("cert.pem")), ("Tls:Key", At("key.pem")), .. settings]);

    private async Task<QuicConnection> ConnectAsync(RelayHarness relay, X509Certificate2 authority, ReadOnlyMemory<byte>? protocol = null)
    {
        var server = NetworkAddress.From(IPAddress.Loopback, relay.Server.AddressDiscovery!.Port);
        var connection = await _client.StartConnectAsync(server, new ServerName("localhost") { Authorities = [authority] }, protocol ?? Protocol.Alpn, new ConnectionOptions { AddressDiscovery = AddressDiscoveryRole.Learn });
        await connection.Established.WaitAsync(_limit.Token);
        return connection;
    }

    private async Task<QuicCloseReason> FailureAsync(RelayHarness relay, X509Certificate2 authority, ReadOnlyMemory<byte> protocol) =>
        (await Assert.ThrowsAsync<QuicConnectionException>(() => ConnectAsync(relay, authority, protocol))).Reason;

    private async Task<IPEndPoint?> ObservedAsync(QuicConnection connection)
    {
        await foreach (var address in connection.WatchObservedAddressAsync(_limit.Token))
        {
            if (address is { } observed)
                return observed.ToIPEndPoint();
        }

        return null;
    }

    private string At(string name) => Path.Combine(_folder.Path, name);

    private X509Certificate2 Write(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(At("cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(At("key.pem"), key.ExportPkcs8PrivateKeyPem());
        return X509CertificateLoader.LoadCertificate(certificate.RawData);
    }
}
