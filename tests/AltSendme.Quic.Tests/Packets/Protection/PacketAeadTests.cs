using AltSendme.Quic.Crypto;
using AltSendme.Quic.Packets.Protection;
using AltSendme.Quic.Tls;

namespace AltSendme.Quic.Tests.Packets.Protection;

public sealed class PacketAeadTests
{
    private static readonly byte[] Nonce = [.. Enumerable.Range(0, 12).Select(i => (byte)i)];

    public static TheoryData<int> Suites => [0x1301, 0x1302, 0x1303];

    /// <summary>RFC 8439, section 2.8.2.</summary>
    [Fact]
    public void ChaCha20_poly1305_gives_what_its_rfc_prints()
    {
        var key = Enumerable.Range(0x80, 32).Select(i => (byte)i).ToArray();
        var nonce = Hex.Decode("070000004041424344454647");
        var header = Hex.Decode("50515253c0c1c2c3c4c5c6c7");
        var content = System.Text.Encoding.ASCII.GetBytes("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.");
        var tag = new byte[CryptoConstants.TagLength];
        using var aead = PacketAead.Create(CipherSuite.ChaCha20Poly1305, key, AeadDirection.Seal);

        aead.Seal(nonce, header, content, tag);

        Assert.Equal("1ae10b594f09e26a7e902ecbd0600691", Hex.Encode(tag));
        Assert.Equal("d31a8d34648e60db7b86afbc53ef7ec2", Hex.Encode(content.AsSpan(0, 16)));
    }

    [Theory, MemberData(nameof(Suites))]
    public void Libcrypto_and_the_platform_make_the_same_packets(int id)
    {
        var suite = Suite(id);
        var key = Key(suite);
        if (!EvpAead.TryCreate(suite, key, AeadDirection.Seal, out var evp))
            return;

        using var native = evp;
        using PacketAead platform = PlatformAead.Create(suite, key);
        foreach (var length in new[] { 0, 1, 15, 16, 17, 1200, 1452, 65000 })
        {
            var (ours, theirs) = (new byte[length], new byte[length]);
            var (ourTag, theirTag) = (new byte[CryptoConstants.TagLength], new byte[CryptoConstants.TagLength]);
            native.Seal(Nonce, "header"u8, ours, ourTag);
            platform.Seal(Nonce, "header"u8, theirs, theirTag);
            Assert.Equal(Hex.Encode(theirTag), Hex.Encode(ourTag));
            Assert.True(ours.AsSpan().SequenceEqual(theirs));
            Assert.True(platform.TryOpen(Nonce, "header"u8, ours, ourTag));
            Assert.True(ours.AsSpan().IndexOfAnyExcept((byte)0) < 0);
        }
    }

    [Theory, MemberData(nameof(Suites))]
    public void A_packet_with_any_changed_byte_does_not_open_and_the_next_whole_one_does(int id)
    {
        var suite = Suite(id);
        using var secret = new PacketSecret(suite, new byte[suite.HashLength]);
        using var sealer = secret.CreateSealer();
        using var opener = secret.CreateOpener();
        byte[] sealed_ = [0x40, 9, .. "plaintext of a packet"u8, .. new byte[CryptoConstants.TagLength]];
        sealer.Seal(9, sealed_, headerLength: 2);

        for (var at = 0; at < sealed_.Length; at++)
        {
            var changed = sealed_.ToArray();
            changed[at] ^= 0x10;
            Assert.False(opener.TryOpen(9, changed, headerLength: 2), $"byte {at}");
        }

        Assert.False(opener.TryOpen(10, sealed_.ToArray(), headerLength: 2));
        Assert.False(opener.TryOpen(9, sealed_.AsSpan(0, CryptoConstants.TagLength), headerLength: 2));
        Assert.True(opener.TryOpen(9, sealed_, headerLength: 2));
    }

    [Theory, MemberData(nameof(Suites))]
    public void The_limits_of_a_key_are_those_of_the_rfc(int id)
    {
        var suite = Suite(id);
        using var secret = new PacketSecret(suite, new byte[suite.HashLength]);
        using var sealer = secret.CreateSealer();
        using var opener = secret.CreateOpener();

        Assert.Equal(id == 0x1303 ? 1UL << 62 : 1UL << 23, sealer.ConfidentialityLimit);
        Assert.Equal(id == 0x1303 ? 1UL << 36 : 1UL << 52, opener.IntegrityLimit);
    }

    [Theory, MemberData(nameof(Suites))]
    public void A_packet_is_sealed_masked_and_opened_without_allocation(int id)
    {
        var suite = Suite(id);
        using var secret = new PacketSecret(suite, new byte[suite.HashLength]);
        using var sealer = secret.CreateSealer();
        using var opener = secret.CreateOpener();
        var packet = new byte[1452];
        var masks = new byte[64 * CryptoConstants.MaskStride];

        Protect(100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Protect(1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Protect(int packets)
        {
            for (var number = 0; number < packets; number++)
            {
                sealer.Seal((ulong)number, packet, headerLength: 20);
                sealer.ComputeHeaderMasks(masks, masks);
                opener.ComputeHeaderMasks(masks, masks);
                Assert.True(opener.TryOpen((ulong)number, packet, headerLength: 20));
            }
        }
    }

    [Fact]
    public void A_key_that_was_disposed_protects_nothing()
    {
        using var secret = new PacketSecret(CipherSuite.Aes128Gcm, new byte[32]);
        var sealer = secret.CreateSealer();

        sealer.Dispose();

        Assert.Throws<ObjectDisposedException>(() => sealer.Seal(1, new byte[64], headerLength: 4));
    }

    private static CipherSuite Suite(int id) =>
        CipherSuite.TryGet((CipherSuiteId)id, out var suite) ? suite : throw new ArgumentOutOfRangeException(nameof(id));

    private static byte[] Key(CipherSuite suite) => [.. Enumerable.Range(7, suite.KeyLength).Select(i => (byte)i)];
}
