using AltSendme.Quic.Crypto;
using AltSendme.Quic.Packets;
using AltSendme.Quic.Packets.Protection;
using AltSendme.Quic.Tls;
using AltSendme.Quic.Tls.Schedule;

namespace AltSendme.Quic.Tests.Packets.Protection;

/// <summary>RFC 9001, appendix A: every sample, sent and received.</summary>
public sealed class Rfc9001AppendixATests
{
    private const int ClientPacketNumberOffset = 18;
    private const int ServerPacketNumberOffset = 18;

    [Theory]
    [InlineData("quic key", 16, "1f369613dd76d5467730efcbe3b1a22d", "cf3a5331653c364c88f0f379b6067e37")]
    [InlineData("quic iv", 12, "fa044b2f42a3fd3b46fb255c", "0ac1493ca1905853b0bba03e")]
    [InlineData("quic hp", 16, "9f50449e04a0e810283a1e9933adedd2", "c206b8d9b9f0f37644430b490eeaa314")]
    public void Keys_of_initial_packets_are_derived_as_in_A1(string label, int length, string client, string server)
    {
        var clientSecret = Hex.Decode("c00cf151ca5be075ed0ebfb5c80323c4 2d6b7db67881289af4008f1f6c357aea");
        var serverSecret = Hex.Decode("3c199828fd139efd216c155ad844cc81 fb82fa8d7446fa7d78be803acdda951b");

        Assert.Equal(client, Expand(CipherSuite.Aes128Gcm, clientSecret, label, length));
        Assert.Equal(server, Expand(CipherSuite.Aes128Gcm, serverSecret, label, length));
    }

    [Fact]
    public void The_client_initial_of_A2_is_made_and_opened()
    {
        byte[] payload = [.. Rfc9001Samples.ClientFrames, .. new byte[1162 - Rfc9001Samples.ClientFrames.Length]];

        AssertProtects(Side.Client, 2, Rfc9001Samples.ClientHeader, payload, ClientPacketNumberOffset, Rfc9001Samples.ProtectedClientPacket);
    }

    [Fact]
    public void The_server_initial_of_A3_is_made_and_opened() =>
        AssertProtects(Side.Server, 1, Rfc9001Samples.ServerHeader, Rfc9001Samples.ServerFrames, ServerPacketNumberOffset, Rfc9001Samples.ProtectedServerPacket);

    [Fact]
    public void The_retry_of_A4_gets_its_tag()
    {
        var tag = new byte[CryptoConstants.TagLength];

        RetryIntegrityTag.Compute(Rfc9001Samples.DestinationConnectionId, Rfc9001Samples.Retry.AsSpan()[..^CryptoConstants.TagLength], tag);

        Assert.Equal(Rfc9001Samples.Retry[^CryptoConstants.TagLength..], tag);
    }

    [Theory]
    [InlineData("quic key", 32, "c6d98ff3441c3fe1b2182094f69caa2ed4b716b65488960a7a984979fb23e1c8")]
    [InlineData("quic iv", 12, "e0459b3474bdd0e44a41c144")]
    [InlineData("quic hp", 32, "25a282b9e82f06f21f488917a4fc8f1b73573685608597d0efcb076b0ab7a7a4")]
    [InlineData("quic ku", 32, "1223504755036d556342ee9361d253421a826c9ecdf3c7148684b36b714881f9")]
    public void Keys_of_A5_are_derived(string label, int length, string expected) =>
        Assert.Equal(expected, Expand(CipherSuite.ChaCha20Poly1305, Rfc9001Samples.ChaCha20Secret, label, length));

    [Fact]
    public void The_short_packet_of_A5_is_made_and_opened()
    {
        const ulong PacketNumber = 654360564;
        byte[] packet = [.. Hex.Decode("4200bff4"), 0x01, .. new byte[CryptoConstants.TagLength]];
        var mask = new byte[CryptoConstants.MaskStride];
        using var secret = new PacketSecret(CipherSuite.ChaCha20Poly1305, Rfc9001Samples.ChaCha20Secret);
        using var sealer = secret.CreateSealer();
        using var opener = secret.CreateOpener();

        sealer.Seal(PacketNumber, packet, headerLength: 4);
        sealer.ComputeHeaderMasks(packet.AsSpan(5, CryptoConstants.SampleLength), mask);
        Assert.Equal("aefefe7d03", Hex.Encode(mask.AsSpan(0, 5)));
        HeaderMask.Apply(packet, 1, mask);
        Assert.Equal("4cfe4189655e5cd55c41f69080575d7999c25a5bfb", Hex.Encode(packet));

        Assert.Equal(3, HeaderMask.Remove(packet, 1, mask));
        Assert.True(opener.TryOpen(PacketNumber, packet, headerLength: 4));
        Assert.Equal(0x01, packet[4]);
    }

    private static void AssertProtects(Side sender, ulong packetNumber, byte[] header, byte[] payload, int packetNumberOffset, byte[] expected)
    {
        byte[] packet = [.. header, .. payload, .. new byte[CryptoConstants.TagLength]];
        var mask = new byte[CryptoConstants.MaskStride];
        var ours = InitialKeys.Derive(sender, Rfc9001Samples.DestinationConnectionId);
        var theirs = InitialKeys.Derive(sender == Side.Client ? Side.Server : Side.Client, Rfc9001Samples.DestinationConnectionId);

        ours.Sealer.Seal(packetNumber, packet, header.Length);
        Assert.True(HeaderMask.TryGetSample(packet, packetNumberOffset, out var sample));
        ours.Sealer.ComputeHeaderMasks(sample, mask);
        HeaderMask.Apply(packet, packetNumberOffset, mask);
        Assert.Equal(Hex.Encode(expected), Hex.Encode(packet));

        theirs.Opener.ComputeHeaderMasks(sample, mask);
        HeaderMask.Remove(packet, packetNumberOffset, mask);
        Assert.Equal(header, packet[..header.Length]);
        Assert.True(theirs.Opener.TryOpen(packetNumber, packet, header.Length));
        Assert.Equal(payload, packet[header.Length..^CryptoConstants.TagLength]);
        Assert.False(ours.Opener.TryOpen(packetNumber, packet, header.Length));
    }

    private static string Expand(CipherSuite suite, byte[] secret, string label, int length)
    {
        var output = new byte[length];
        HkdfLabel.Expand(suite.Hash, secret, System.Text.Encoding.ASCII.GetBytes(label), default, output);
        return Hex.Encode(output);
    }
}
