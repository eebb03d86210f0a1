using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AltSendme.Quic.Driver;
using AltSendme.Quic.Paths;
using AltSendme.Quic.Tests.Tls;
using AltSendme.Quic.Tls;

namespace AltSendme.Quic.Tests.Driver;

/// <summary>Servers with certificates over real sockets, and what their clients learn of themselves.</summary>
public sealed class CertificateTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_learns_the_address_from_which_it_sends(bool hasKey)
    {
        await using var server = Serve(Authority.Test.Issue(padding: 100));
        await using var client = QuicEndpoint.Bind(hasKey ? Pair.Identity() : new QuicEndpointOptions { LocalEndPoint = new IPEndPoint(IPAddress.Loopback, 0) });
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        await using var connection = await client.StartConnectAsync(Address(server), Authority.Name, Pair.Protocol, new ConnectionOptions { AddressDiscovery = AddressDiscoveryRole.Learn });
        await connection.Established.WaitAsync(limit.Token);
        var observed = default(NetworkAddress?);
        await foreach (var address in connection.WatchObservedAddressAsync(limit.Token))
        {
            if ((observed = address) is not null)
                break;
        }

        Assert.Equal(client.LocalEndPoint, observed!.Value.ToIPEndPoint());
        Assert.True(connection.RemotePublicKey.IsEmpty);
        var accepted = await server.AcceptAsync(limit.Token);
        Assert.True(accepted.RemotePublicKey.IsEmpty);
        await connection.CloseAsync(1, "finished");
        Assert.Equal((QuicFailure.ClosedByPeer, 1UL, "finished"), Described(await accepted.Closed.WaitAsync(limit.Token)));
    }

    [Fact]
    public async Task A_server_of_another_name_and_one_with_a_raw_key_are_not_the_one_that_was_dialled()
    {
        await using var other = Serve(Authority.Test.Issue(host: "other.example.org"));
        await using var pair = Pair.Bind();

        var wrongName = await FailureAsync(pair, other);
        var rawKey = await FailureAsync(pair, pair.Server);

        Assert.Equal(QuicFailure.WrongPeer, wrongName);
        Assert.Equal(QuicFailure.HandshakeFailed, rawKey);
    }

    [Fact]
    public async Task A_peer_that_shows_a_certificate_is_never_taken_for_one_with_a_key()
    {
        await using var server = Serve(Authority.Test.Issue());
        await using var pair = Pair.Bind();

        var fault = await Assert.ThrowsAsync<QuicConnectionException>(() => pair.Client.ConnectAsync(server.LocalEndPoint, pair.ServerKey, Pair.Protocol, pair.Deadline));

        Assert.Equal(QuicFailure.HandshakeFailed, fault.Reason.Failure);
    }

    [Fact]
    public async Task A_protocol_that_the_server_does_not_speak_is_refused()
    {
        await using var server = Serve(Authority.Test.Issue());
        await using var pair = Pair.Bind();

        await using var connection = await pair.Client.StartConnectAsync(Address(server), Authority.Name, Encoding.ASCII.GetBytes("other"));
        var fault = await Assert.ThrowsAsync<QuicConnectionException>(() => connection.Established);

        Assert.Equal(QuicFailure.NoCommonProtocol, fault.Reason.Failure);
    }

    private static QuicEndpoint Serve(X509Certificate2 certificate)
    {
        var shown = new ServerCertificate(certificate);
        return QuicEndpoint.Bind(new QuicEndpointOptions
        {
            LocalEndPoint = new IPEndPoint(IPAddress.Loopback, 0),
            Certificate = () => shown,
            ApplicationProtocols = [Pair.Protocol],
            Connection = new ConnectionOptions { AddressDiscovery = AddressDiscoveryRole.Report },
        });
    }

    private static NetworkAddress Address(QuicEndpoint endpoint) => NetworkAddress.From(endpoint.LocalEndPoint.Address, endpoint.LocalEndPoint.Port);

    private static async Task<QuicFailure> FailureAsync(Pair pair, QuicEndpoint server)
    {
        await using var connection = await pair.Client.StartConnectAsync(Address(server), Authority.Name, Pair.Protocol);
        return (await Assert.ThrowsAsync<QuicConnectionException>(() => connection.Established.WaitAsync(pair.Deadline))).Reason.Failure;
    }

    private static (QuicFailure, ulong, string) Described(QuicCloseReason reason) => (reason.Failure, reason.Code, reason.Text);
}
