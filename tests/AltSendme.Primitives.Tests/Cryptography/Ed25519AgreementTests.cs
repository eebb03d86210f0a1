using AltSendme.Primitives.Cryptography;

namespace AltSendme.Primitives.Tests.Cryptography;

public sealed class Ed25519AgreementTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Both_owners_compute_the_same_secret(int seed)
    {
        var (one, other) = (Key(seed), Key(seed + 100));
        var (ours, theirs) = (new byte[32], new byte[32]);

        Assert.True(Ed25519Agreement.TryAgree(one.Secret, other.Public, ours));
        Assert.True(Ed25519Agreement.TryAgree(other.Secret, one.Public, theirs));

        Assert.Equal(ours, theirs);
        Assert.NotEqual(new byte[32], ours);
    }

    [Fact]
    public void The_converted_public_key_is_the_one_of_the_converted_secret_key()
    {
        var key = Key(7);
        var converted = new byte[32];
        Ed25519Agreement.ToMontgomery(key.Public, converted);

        var expected = new byte[32];
        X25519.DerivePublicKey(System.Security.Cryptography.SHA512.HashData(key.Secret).AsSpan(0, 32), expected);

        Assert.Equal(expected, converted);
    }

    [Fact]
    public void A_peer_that_is_no_point_of_the_curve_is_refused()
    {
        var secret = new byte[32];
        secret.AsSpan().Fill(1);

        Assert.False(Ed25519Agreement.TryAgree(Key(1).Secret, new byte[32], secret));
        Assert.False(Ed25519Agreement.TryAgree(Key(1).Secret, new byte[31], secret));
        Assert.Equal(new byte[32], secret);
    }

    private static (byte[] Secret, byte[] Public) Key(int seed)
    {
        var (secret, publicKey) = (new byte[32], new byte[32]);
        new Random(seed).NextBytes(secret);
        Ed25519.DerivePublicKey(secret, publicKey);
        return (secret, publicKey);
    }
}
