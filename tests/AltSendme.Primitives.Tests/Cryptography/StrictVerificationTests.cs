using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using AltSendme.Primitives.Cryptography;
using AltSendme.Primitives.Cryptography.Managed;
using AltSendme.TestKit;

namespace AltSendme.Primitives.Tests.Cryptography;

/// <summary>A signature has one spelling and one signer, whichever implementation looks at it.</summary>
public sealed class StrictVerificationTests
{
    private static readonly BigInteger GroupOrder = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", CultureInfo.InvariantCulture);
    private static readonly BigInteger FieldPrime = BigInteger.Pow(2, 255) - 19;
    private static readonly byte[] Message = "who says so"u8.ToArray();
    private static readonly byte[] SecretKey = SHA256.HashData("a key"u8);

    [Theory]
    [ClassData(typeof(EachImplementation))]
    public void Adding_the_group_order_to_S_makes_no_second_signature(string implementation)
    {
        var (publicKey, signature) = Sign();
        var s = new BigInteger(signature.AsSpan(32), isUnsigned: true) + GroupOrder;
        Write(s, signature.AsSpan(32));

        Assert.False(Implementations.Ed25519(implementation).VerifyStrictly(publicKey, Message, signature));
    }

    [Theory]
    [ClassData(typeof(EachImplementation))]
    public void A_small_order_key_signs_nothing(string implementation)
    {
        // With the neutral element as key and R = S B, the equation would hold for every message.
        var publicKey = new byte[32];
        publicKey[0] = 1;
        var signature = new byte[64];
        signature[32] = 1;
        EdwardsPoint.Base.Encode(signature);

        Assert.True(Implementations.Ed25519(implementation).Verify(publicKey, Message, signature));
        Assert.False(Implementations.Ed25519(implementation).VerifyStrictly(publicKey, Message, signature));
    }

    [Fact]
    public void Every_point_whose_order_divides_the_cofactor_is_refused()
    {
        // L times any point of the curve has an order that divides 8; random points reach all eight.
        var seen = new HashSet<string>();
        var order = new byte[32];
        Write(GroupOrder, order);
        Seeds.Run(120, random =>
        {
            if (!EdwardsPoint.TryDecode(random.Bytes(32), out var point))
                return;
            var encoded = new byte[32];
            point.Multiply(order).Encode(encoded);
            seen.Add(Convert.ToHexString(encoded));
            Assert.False(Ed25519.IsPublicKey(encoded));
        });

        Assert.Equal(8, seen.Count);
    }

    [Fact]
    public void A_y_coordinate_of_p_or_above_is_refused()
    {
        var encoded = new byte[32];
        for (var excess = 0; excess < 19; excess++)
        {
            Write(FieldPrime + excess, encoded);
            Assert.False(Ed25519.IsPublicKey(encoded));
        }
    }

    [Fact]
    public void A_key_is_recognised_and_a_number_that_is_no_point_is_not()
    {
        var (publicKey, _) = Sign();
        var notOnCurve = new byte[32];
        notOnCurve[0] = 2;

        Assert.True(Ed25519.IsPublicKey(publicKey));
        Assert.False(Ed25519.IsPublicKey(notOnCurve));
        Assert.False(Ed25519.IsPublicKey(publicKey.AsSpan(1)));
    }

    [Fact]
    public void Foreign_lengths_are_answered_with_no()
    {
        var (publicKey, signature) = Sign();

        Assert.True(Ed25519.Verify(publicKey, Message, signature));
        Assert.False(Ed25519.Verify(publicKey.AsSpan(1), Message, signature));
        Assert.False(Ed25519.Verify(publicKey, Message, signature.AsSpan(1)));
        Assert.False(Ed25519.Verify([], [], []));
        Assert.False(X25519.TryAgree(SecretKey, publicKey.AsSpan(1), new byte[32]));
    }

    [Fact]
    public void Our_own_wrong_lengths_are_mistakes_in_the_program()
    {
        Assert.Throws<ArgumentException>("secretKey", () => Ed25519.Sign(new byte[31], Message, new byte[64]));
        Assert.Throws<ArgumentException>("signature", () => Ed25519.Sign(SecretKey, Message, new byte[65]));
        Assert.Throws<ArgumentException>("publicKey", () => X25519.DerivePublicKey(SecretKey, new byte[31]));
    }

    [Fact]
    public void A_refused_agreement_leaves_no_secret_behind()
    {
        var shared = SHA256.HashData("old"u8);

        Assert.False(X25519.TryAgree(SecretKey, new byte[32], shared));
        Assert.Equal(new byte[32], shared);
    }

    private static (byte[] PublicKey, byte[] Signature) Sign()
    {
        var (publicKey, signature) = (new byte[32], new byte[64]);
        Ed25519.DerivePublicKey(SecretKey, publicKey);
        Ed25519.Sign(SecretKey, Message, signature);
        return (publicKey, signature);
    }

    private static void Write(BigInteger number, Span<byte> littleEndian)
    {
        littleEndian.Clear();
        Assert.True(number.TryWriteBytes(littleEndian, out _, isUnsigned: true));
    }
}
