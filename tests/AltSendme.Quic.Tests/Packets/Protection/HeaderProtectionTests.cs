using System.Security.Cryptography;
using AltSendme.Primitives.Cryptography;
using AltSendme.Quic.Packets.Protection;
using AltSendme.Quic.Tls;

namespace AltSendme.Quic.Tests.Packets.Protection;

public sealed class HeaderProtectionTests
{
    /// <summary>RFC 8439, section 2.3.2.</summary>
    [Fact]
    public void The_chacha20_block_is_that_of_its_rfc()
    {
        var key = Enumerable.Range(0, 8).Select(i => BitConverter.ToUInt32([(byte)(4 * i), (byte)((4 * i) + 1), (byte)((4 * i) + 2), (byte)((4 * i) + 3)])).ToArray();
        var output = new byte[16];

        ChaCha20Block.ComputeFirst(key, 1, Hex.Decode("000000090000004a00000000"), output);

        Assert.Equal("10f1e7e4d13b5915500fdd1fa32071c4", Hex.Encode(output));
    }

    [Theory]
    [InlineData(16, "69c4e0d86a7b0430d8cdb78070b4c55a")]
    [InlineData(32, "8ea2b7ca516745bfeafc49904b496089")]
    public void Masks_of_the_fips_197_examples_come_out_right_with_and_without_instructions(int keyLength, string expected)
    {
        var key = Enumerable.Range(0, keyLength).Select(i => (byte)i).ToArray();
        var sample = Hex.Decode("00112233445566778899aabbccddeeff");
        var mask = new byte[16];
        using var platform = new PlatformAesHeaderProtection(key);
        using var preferred = HeaderProtection.Create(keyLength == 16 ? CipherSuite.Aes128Gcm : CipherSuite.Aes256Gcm, key);

        platform.Compute(sample, mask);
        Assert.Equal(expected, Hex.Encode(mask));
        preferred.Compute(sample, mask);
        Assert.Equal(expected, Hex.Encode(mask));
    }

    [Theory]
    [InlineData(0x1301)]
    [InlineData(0x1302)]
    [InlineData(0x1303)]
    public void A_batch_gives_the_masks_of_its_single_samples_even_in_place(int id)
    {
        Assert.True(CipherSuite.TryGet((CipherSuiteId)id, out var suite));
        using var masks = HeaderProtection.Create(suite, RandomNumberGenerator.GetBytes(suite.KeyLength));
        var samples = RandomNumberGenerator.GetBytes(16 * 33);
        var singles = new byte[samples.Length];
        for (var at = 0; at < samples.Length; at += 16)
            masks.Compute(samples.AsSpan(at, 16), singles.AsSpan(at, 16));

        masks.Compute(samples, samples);

        Assert.Equal(singles, samples);
        Assert.Throws<ArgumentException>(() => masks.Compute(new byte[17], new byte[32]));
    }
}
