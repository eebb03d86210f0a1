namespace AltSendme.Primitives.Tests.Cryptography;

/// <summary>The vectors of RFC 7748, sections 5.2 and 6.1, with every implementation.</summary>
public sealed class Rfc7748Tests
{
    private const string AliceSecret = "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a";
    private const string BobSecret = "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb";

    [Theory]
    [ClassData(typeof(EachImplementation))]
    public void Products_are_those_of_the_RFC(string implementation)
    {
        Assert.Equal(
            "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
            Agree(implementation, "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4", "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"));
        Assert.Equal(
            "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957",
            Agree(implementation, "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d", "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493"));
    }

    [Theory]
    [ClassData(typeof(EachImplementation))]
    public void A_thousand_iterations_end_where_the_RFC_says(string implementation)
    {
        var x25519 = Implementations.X25519(implementation);
        var k = new byte[32];
        k[0] = 9;
        var u = k.ToArray();
        var next = new byte[32];
        for (var i = 1; i <= 1000; i++)
        {
            Assert.True(x25519.TryAgree(k, u, next));
            (k, u, next) = (next, k, u);
            if (i == 1)
                Assert.Equal("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079", Convert.ToHexStringLower(k));
        }

        Assert.Equal("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51", Convert.ToHexStringLower(k));
    }

    [Theory]
    [ClassData(typeof(EachImplementation))]
    public void Both_sides_of_the_RFCs_handshake_get_one_secret(string implementation)
    {
        var aliceKey = PublicKey(implementation, AliceSecret);
        var bobKey = PublicKey(implementation, BobSecret);

        Assert.Equal("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a", aliceKey);
        Assert.Equal("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f", bobKey);
        Assert.Equal("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742", Agree(implementation, AliceSecret, bobKey));
        Assert.Equal("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742", Agree(implementation, BobSecret, aliceKey));
    }

    [Theory]
    [ClassData(typeof(EachImplementation))]
    public void Peers_of_low_order_are_refused(string implementation)
    {
        string[] lowOrder =
        [
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        ];
        var shared = new byte[32];

        Assert.All(lowOrder, peer => Assert.False(Implementations.X25519(implementation).TryAgree(Convert.FromHexString(AliceSecret), Convert.FromHexString(peer), shared)));
    }

    private static string PublicKey(string implementation, string secretKey)
    {
        var publicKey = new byte[32];
        Implementations.X25519(implementation).DerivePublicKey(Convert.FromHexString(secretKey), publicKey);
        return Convert.ToHexStringLower(publicKey);
    }

    private static string Agree(string implementation, string secretKey, string peer)
    {
        var shared = new byte[32];
        Assert.True(Implementations.X25519(implementation).TryAgree(Convert.FromHexString(secretKey), Convert.FromHexString(peer), shared));
        return Convert.ToHexStringLower(shared);
    }
}
