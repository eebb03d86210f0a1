using System.Net;
using System.Net.Quic;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AltSendme.Abstractions;
using AltSendme.DirectConnections.Handshakes;
using AltSendme.Plugins.Testing;

namespace AltSendme.Transports.MsQuic.Tests;

/// <summary>Peers that QUIC is content with and this transport is not: the connection ends, and no other one.</summary>
public sealed class HostilePeerTests
{
    private const int Limit = 60_000;

    [Theory(Timeout = Limit)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_proves_no_endpoint_is_never_accepted(bool hasCertificate)
    {
        await using var pair = await MsQuicPair.StartAsync();
        using var certificate = hasCertificate ? Plain() : null;
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "",
            ApplicationProtocols = [MsQuicTransport.Alpn.ToTls(TransportPair.Protocol)],
            ClientCertificates = certificate is null ? null : [certificate],
            RemoteCertificateValidationCallback = new PeerProof(TimeProvider.System, TransportPair.Server.Id).Judge,
        };

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var stranger = await DialAsync(pair.EndPoint, options);
            await stranger.AcceptInboundStreamAsync();
        });

        await AssertWorksAsync(pair);
    }

    [Theory(Timeout = Limit)]
    [InlineData("")]
    [InlineData("02")]
    [InlineData("07")]
    [InlineData("0200000000000000")]
    public async Task A_control_stream_that_ends_in_anything_but_a_farewell_ends_the_connection(string hex)
    {
        await using var pair = await MsQuicPair.StartAsync();
        var accepting = pair.AcceptAsync();
        await using var peer = await DialAsync(pair);
        await using var victim = await accepting;
        await using var control = await peer.OpenOutboundStreamAsync(QuicStreamType.Unidirectional);

        await control.WriteAsync(Convert.FromHexString(hex), completeWrites: true);

        Assert.Equal(CloseInitiator.Transport, (await victim.Closed).Initiator);
        await AssertWorksAsync(pair);
    }

    [Fact(Timeout = Limit)]
    public async Task A_farewell_that_promises_bytes_which_never_come_is_not_waited_for_long()
    {
        await using var pair = await MsQuicPair.StartAsync();
        var accepting = pair.AcceptAsync();
        await using var peer = await DialAsync(pair);
        await using var victim = await accepting;
        await using var control = await peer.OpenOutboundStreamAsync(QuicStreamType.Unidirectional);

        await control.WriteAsync(new byte[] { 2, 0, 0, 0, 0, 0, 0, 0, 5, 127, 255, 255, 255, 255, 255, 255, 255, (byte)'x' }, completeWrites: true);

        Assert.Equal(new ConnectionClosure(CloseInitiator.Peer, new CloseCode(5), "x"), await victim.Closed);
    }

    [Fact(Timeout = Limit)]
    public async Task A_reason_longer_than_a_kibibyte_ends_the_connection()
    {
        await using var pair = await MsQuicPair.StartAsync();
        var accepting = pair.AcceptAsync();
        await using var peer = await DialAsync(pair);
        await using var victim = await accepting;
        await using var control = await peer.OpenOutboundStreamAsync(QuicStreamType.Unidirectional);

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await control.WriteAsync(new byte[] { 2 });
            while (true)
                await control.WriteAsync(new byte[1000]);
        });

        Assert.NotEqual(CloseInitiator.Local, (await victim.Closed).Initiator);
        await AssertWorksAsync(pair);
    }

    [Fact(Timeout = Limit)]
    public async Task A_peer_that_vanishes_with_a_code_is_heard()
    {
        await using var pair = await MsQuicPair.StartAsync();
        var accepting = pair.AcceptAsync();
        await using var peer = await DialAsync(pair);
        await using var victim = await accepting;

        await peer.CloseAsync(9);

        Assert.Equal(new ConnectionClosure(CloseInitiator.Peer, new CloseCode(9), ""), await victim.Closed);
    }

    private static async Task<QuicConnection> DialAsync(TransportPair pair)
    {
        var handshake = new EndpointHandshake(TransportPair.Client, MsQuicTransport.Alpn);
        return await DialAsync(pair.EndPoint, handshake.Client(new PeerProof(TimeProvider.System, TransportPair.Server.Id), TransportPair.Protocol));
    }

    private static async Task<QuicConnection> DialAsync(IPEndPoint endPoint, SslClientAuthenticationOptions options) =>
        await QuicConnection.ConnectAsync(new QuicClientConnectionOptions
        {
            RemoteEndPoint = endPoint,
            ClientAuthenticationOptions = options,
            DefaultCloseErrorCode = 0,
            DefaultStreamErrorCode = 0,
            MaxInboundUnidirectionalStreams = 1,
        });

    private static X509Certificate2 Plain()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=plain", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static async Task AssertWorksAsync(TransportPair pair)
    {
        var (client, server) = await pair.ConnectAsync();
        await client.DisposeAsync();
        await server.DisposeAsync();
    }
}
