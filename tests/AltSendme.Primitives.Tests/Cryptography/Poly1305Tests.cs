using System.Numerics;
using AltSendme.Primitives.Cryptography;

namespace AltSendme.Primitives.Tests.Cryptography;

public sealed class Poly1305Tests
{
    private static readonly BigInteger Modulus = BigInteger.Pow(2, 130) - 5;

    /// <summary>RFC 8439, section 2.5.2.</summary>
    [Fact]
    public void The_tag_is_the_one_of_the_RFC() => Assert.Equal(
        "a8061dc1305136c6c22b8baf0c0127a9",
        Tag(Convert.FromHexString("85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b"), "Cryptographic Forum Research Group"u8.ToArray()));

    /// <summary>RFC 8439, appendix A.3, vectors 7 to 11: carries, and results next to the modulus.</summary>
    [Theory]
    [InlineData("02", "00", "ffffffffffffffffffffffffffffffff", "03000000000000000000000000000000")]
    [InlineData("02", "ffffffffffffffffffffffffffffffff", "02000000000000000000000000000000", "03000000000000000000000000000000")]
    [InlineData("01", "00", "fffffffffffffffffffffffffffffffff0ffffffffffffffffffffffffffffff11000000000000000000000000000000", "05000000000000000000000000000000")]
    [InlineData("01", "00", "fffffffffffffffffffffffffffffffffbfefefefefefefefefefefefefefefe01010101010101010101010101010101", "00000000000000000000000000000000")]
    [InlineData("02", "00", "fdffffffffffffffffffffffffffffff", "faffffffffffffffffffffffffffffff")]
    public void Results_next_to_the_modulus_are_reduced(string r, string s, string message, string expected) =>
        Assert.Equal(expected, Tag(Convert.FromHexString(r.PadRight(32, '0') + s.PadRight(32, '0')), Convert.FromHexString(message)));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Tags_are_those_of_plain_arithmetic(int seed)
    {
        var random = new Random(seed);
        for (var length = 0; length < 200; length++)
        {
            var (key, message) = (new byte[32], new byte[length]);
            random.NextBytes(key);
            random.NextBytes(message);

            Assert.Equal(Plain(key, message), Tag(key, message));
        }
    }

    private static string Tag(byte[] key, byte[] message)
    {
        var tag = new byte[Poly1305.TagLength];
        Poly1305.Compute(key, message, tag);
        return Convert.ToHexStringLower(tag);
    }

    private static string Plain(byte[] key, byte[] message)
    {
        var clamped = key[..16];
        foreach (var i in (int[])[3, 7, 11, 15])
            clamped[i] &= 15;
        foreach (var i in (int[])[4, 8, 12])
            clamped[i] &= 252;
        var r = new BigInteger(clamped, isUnsigned: true);
        var sum = BigInteger.Zero;
        foreach (var block in message.Chunk(16))
            sum = (sum + new BigInteger([.. block, 1], isUnsigned: true)) * r % Modulus;
        sum += new BigInteger(key.AsSpan(16), isUnsigned: true);
        var tag = new byte[16];
        (sum % BigInteger.Pow(2, 128)).TryWriteBytes(tag, out _, isUnsigned: true);
        return Convert.ToHexStringLower(tag);
    }
}
