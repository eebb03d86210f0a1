using AltSendme.Quic.Crypto;
using AltSendme.Quic.Tls;
using AltSendme.Quic.Tls.Exchange;

namespace AltSendme.Quic.Tests.Tls;

public sealed class HandshakeTests
{
    public static TheoryData<int, int, bool> EverySuiteAndGroup()
    {
        var cases = new TheoryData<int, int, bool>();
        foreach (var suite in new[] { 0x1301, 0x1302, 0x1303 })
        {
            foreach (var group in new[] { 0x001d, 0x0017 })
            {
                cases.Add(suite, group, false);
                cases.Add(suite, group, true);
            }
        }

        return cases;
    }

    [Theory, MemberData(nameof(EverySuiteAndGroup))]
    public void Both_ends_agree_on_keys_and_prove_who_they_are(int suite, int group, bool afterRetry)
    {
        using var pair = Pair((CipherSuiteId)suite, (NamedGroup)group, afterRetry).Run();

        Assert.Equal(default, pair.ClientError);
        Assert.Equal(default, pair.ServerError);
        Assert.True(pair.Client.IsComplete && pair.Server.IsComplete);
        Assert.Equal(pair.ServerConfiguration.PublicKey.ToArray(), pair.Client.PeerPublicKey.ToArray());
        Assert.Equal(pair.ClientConfiguration.PublicKey.ToArray(), pair.Server.PeerPublicKey.ToArray());
        Assert.Equal(HandshakePair.ServerParameters, pair.Client.PeerTransportParameters.ToArray());
        Assert.Equal(HandshakePair.ClientParameters, pair.Server.PeerTransportParameters.ToArray());
        foreach (var level in new[] { EncryptionLevel.Handshake, EncryptionLevel.Application })
        {
            AssertCarries(pair.Keys(Side.Client, level).Sealer, pair.Keys(Side.Server, level).Opener);
            AssertCarries(pair.Keys(Side.Server, level).Sealer, pair.Keys(Side.Client, level).Opener);
        }
    }

    [Theory, MemberData(nameof(EverySuiteAndGroup))]
    public void Messages_may_be_cut_at_every_byte(int suite, int group, bool afterRetry)
    {
        using var pair = PairOfPieces(1, (CipherSuiteId)suite, (NamedGroup)group, afterRetry).Run();

        Assert.True(pair.Client.IsComplete && pair.Server.IsComplete);
    }

    [Fact]
    public void A_flight_may_be_cut_in_two_anywhere()
    {
        for (var length = 1; length < 400; length++)
        {
            using var pair = PairOfPieces(length, CipherSuiteId.Aes128Gcm, NamedGroup.X25519, afterRetry: false).Run();
            Assert.True(pair.Client.IsComplete && pair.Server.IsComplete, $"pieces of {length} bytes");
        }
    }

    [Fact]
    public void The_exporter_gives_both_ends_the_same_bytes_and_each_label_and_context_its_own()
    {
        using var pair = new HandshakePair();
        var early = new byte[32];
        Assert.False(pair.Client.TryExport("label"u8, default, early));

        pair.Run();

        var exports = new HashSet<string>();
        foreach (var (label, context) in new[] { ("one", "a"), ("one", "b"), ("one", ""), ("two", "a") })
        {
            var (ours, theirs) = (new byte[77], new byte[77]);
            Assert.True(pair.Client.TryExport(System.Text.Encoding.ASCII.GetBytes(label), System.Text.Encoding.ASCII.GetBytes(context), ours));
            Assert.True(pair.Server.TryExport(System.Text.Encoding.ASCII.GetBytes(label), System.Text.Encoding.ASCII.GetBytes(context), theirs));
            Assert.Equal(ours, theirs);
            exports.Add(Convert.ToHexString(ours));
        }

        Assert.Equal(4, exports.Count);
    }

    [Theory]
    [InlineData(0x1301)]
    [InlineData(0x1302)]
    [InlineData(0x1303)]
    public void Key_phases_go_on_together_and_shut_out_the_one_before(int suite)
    {
        using var pair = Pair((CipherSuiteId)suite, NamedGroup.X25519, afterRetry: false).Run();
        var before = pair.Keys(Side.Client, EncryptionLevel.Application);

        for (var round = 0; round < 10; round++)
        {
            var client = pair.Client.DeriveNextPhase();
            var server = pair.Server.DeriveNextPhase();
            AssertCarries(client.Sealer, server.Opener);
            AssertCarries(server.Sealer, client.Opener);
            Assert.False(Carries(before.Sealer, server.Opener));
            Assert.Equal(Mask(before.Sealer), Mask(client.Sealer));
            before = client;
        }
    }

    [Fact]
    public void A_server_has_its_1_rtt_keys_before_the_client_has_answered()
    {
        using var pair = new HandshakePair();

        pair.Carry(Side.Client);

        Assert.NotNull(pair.Keys(Side.Server, EncryptionLevel.Application).Sealer);
        Assert.False(pair.Server.IsComplete);
        Assert.True(pair.Server.PeerPublicKey.IsEmpty);
    }

    [Theory]
    [InlineData("b,a", "a,b,c", "b")]
    [InlineData("c", "a,b,c", "c")]
    [InlineData("x,y,c,a", "z,a,c", "c")]
    public void The_server_picks_its_favourite_of_the_protocols_that_the_client_offers(string server, string client, string agreed)
    {
        var serverConfiguration = HandshakePair.Configure(HandshakePair.ServerIdentity, server.Split(','));
        using var pair = new HandshakePair(HandshakePair.Configure(HandshakePair.ClientIdentity, client.Split(',')), serverConfiguration).Run();

        Assert.Equal(agreed, System.Text.Encoding.ASCII.GetString(pair.Client.ApplicationProtocol));
        Assert.Equal(agreed, System.Text.Encoding.ASCII.GetString(pair.Server.ApplicationProtocol));
    }

    [Fact]
    public void Without_a_common_protocol_the_alert_says_so()
    {
        using var pair = new HandshakePair(HandshakePair.Configure(HandshakePair.ClientIdentity, "other")).Run();

        Assert.Equal((byte)TlsAlert.NoApplicationProtocol, HandshakePair.Alert(pair.ServerError));
    }

    [Fact]
    public void A_server_with_another_key_than_the_one_dialled_is_refused()
    {
        var expected = HandshakePair.Configure(HandshakePair.ClientIdentity).PublicKey;
        using var pair = new HandshakePair(HandshakePair.Configure(HandshakePair.ClientIdentity) with { ExpectedPeer = expected }).Run();

        Assert.Equal((byte)TlsAlert.CertificateUnknown, HandshakePair.Alert(pair.ClientError));
        Assert.False(pair.Client.IsComplete);
        Assert.True(pair.Client.PeerPublicKey.IsEmpty);
    }

    [Fact]
    public void An_end_that_signs_with_another_key_than_it_shows_is_refused()
    {
        var honest = HandshakePair.Configure(HandshakePair.ServerIdentity);
        var liar = HandshakePair.Configure(HandshakePair.ClientIdentity) with { PublicKey = honest.PublicKey };

        using var lyingServer = new HandshakePair(server: liar).Run();
        using var lyingClient = new HandshakePair(client: liar).Run();

        Assert.Equal((byte)TlsAlert.DecryptError, HandshakePair.Alert(lyingServer.ClientError));
        Assert.Equal((byte)TlsAlert.DecryptError, HandshakePair.Alert(lyingClient.ServerError));
        Assert.True(lyingClient.Server.PeerPublicKey.IsEmpty);
    }

    [Fact]
    public void Without_a_common_suite_or_group_the_handshake_fails_with_that_alert()
    {
        var server = HandshakePair.Configure(HandshakePair.ServerIdentity) with { CipherSuites = [CipherSuiteId.Aes256Gcm], Groups = [NamedGroup.Secp256r1] };
        var client = HandshakePair.Configure(HandshakePair.ClientIdentity);

        using var noSuite = new HandshakePair(client with { CipherSuites = [CipherSuiteId.Aes128Gcm] }, server).Run();
        using var noGroup = new HandshakePair(client with { Groups = [NamedGroup.X25519] }, server).Run();

        Assert.Equal((byte)TlsAlert.HandshakeFailure, HandshakePair.Alert(noSuite.ServerError));
        Assert.Equal((byte)TlsAlert.HandshakeFailure, HandshakePair.Alert(noGroup.ServerError));
    }

    [Fact]
    public void A_failed_session_keeps_saying_why()
    {
        using var pair = new HandshakePair(HandshakePair.Configure(HandshakePair.ClientIdentity, "other")).Run();

        Assert.False(pair.Server.TryReceive(EncryptionLevel.Initial, [1], out var error));

        Assert.Equal(pair.ServerError, error);
    }

    private static HandshakePair Pair(CipherSuiteId suite, NamedGroup group, bool afterRetry) => PairOfPieces(int.MaxValue, suite, group, afterRetry);

    /// <summary>A client that likes the other group best meets a server that knows only one: that makes a HelloRetryRequest.</summary>
    private static HandshakePair PairOfPieces(int length, CipherSuiteId suite, NamedGroup group, bool afterRetry)
    {
        var other = group == NamedGroup.X25519 ? NamedGroup.Secp256r1 : NamedGroup.X25519;
        var server = HandshakePair.Configure(HandshakePair.ServerIdentity) with { CipherSuites = [suite], Groups = [group] };
        var client = HandshakePair.Configure(HandshakePair.ClientIdentity) with { ExpectedPeer = server.PublicKey, Groups = afterRetry ? [other, group] : [group, other] };
        return new HandshakePair(client, server) { PieceLength = length };
    }

    private static void AssertCarries(IPacketSealer sealer, IPacketOpener opener)
    {
        Assert.True(Carries(sealer, opener));
        Span<byte> mask = stackalloc byte[16];
        opener.ComputeHeaderMasks(new byte[16], mask);
        Assert.Equal(Mask(sealer), mask.ToArray());
    }

    private static bool Carries(IPacketSealer sealer, IPacketOpener opener)
    {
        byte[] packet = [0x40, 7, .. "some plaintext"u8, .. new byte[CryptoConstants.TagLength]];
        sealer.Seal(7, packet, headerLength: 2);
        return opener.TryOpen(7, packet, headerLength: 2) && packet.AsSpan()[2..^CryptoConstants.TagLength].SequenceEqual("some plaintext"u8);
    }

    private static byte[] Mask(IPacketSealer sealer)
    {
        var mask = new byte[16];
        sealer.ComputeHeaderMasks(new byte[16], mask);
        return mask;
    }
}
