using System.Numerics;
using AltSendme.Primitives.Cryptography.Managed;
using AltSendme.TestKit;

namespace AltSendme.Primitives.Tests.Cryptography;

/// <summary>Limb arithmetic against <see cref="BigInteger"/>, with operands at the edges where a carry is lost first.</summary>
public sealed class FieldArithmeticTests
{
    private const int Cases = 500;
    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger L = BigInteger.Pow(2, 252) + (((BigInteger)0x14def9dea2f79cd6 << 64) | 0x5812631a5cf5d3ed);

    [Fact]
    public void Sums_differences_products_and_squares_are_right_modulo_p()
    {
        Seeds.Run(Cases, random =>
        {
            var (x, y) = (Operand(random), Operand(random));
            var (a, b) = (Element(x), Element(y));

            Assert.Equal((x + y) % P, Number(a + b));
            Assert.Equal((x % P - y % P + P) % P, Number(a - b));
            Assert.Equal(x * y % P, Number(a * b));
            Assert.Equal(x * x % P, Number(a.Square()));
            Assert.Equal((P - x % P) % P, Number(-a));
            Assert.Equal((x + y) * (x + y + x) % P, Number((a + b) * (a + b + a)));
        });
    }

    [Fact]
    public void Inverses_and_the_root_of_minus_one_are_right()
    {
        Seeds.Run(200, random =>
        {
            var x = Operand(random);
            Assert.Equal(BigInteger.ModPow(x, P - 2, P), Number(Element(x).Invert()));
        });
        Assert.Equal(P - 1, Number(FieldElementRoots.OfMinusOne.Square()));
    }

    [Fact]
    public void A_point_is_read_where_the_curve_has_one_and_written_the_same_again()
    {
        var d = (P - 121665) * BigInteger.ModPow(121666, P - 2, P) % P;
        Seeds.Run(200, random =>
        {
            var y = Operand(random) % P;
            var encoded = Bytes(y);
            var u = ((y * y) - 1 + P) % P;
            var v = ((d * y * y) + 1) % P;
            var isSquare = u.IsZero || BigInteger.ModPow(u * BigInteger.ModPow(v, P - 2, P) % P, (P - 1) / 2, P).IsOne;

            Assert.Equal(isSquare, EdwardsPoint.TryDecode(encoded, out var point));
            if (!isSquare)
                return;
            var again = new byte[32];
            point.Encode(again);
            Assert.Equal(encoded, again);
        });
    }

    [Fact]
    public void Scalars_are_reduced_and_combined_modulo_the_group_order()
    {
        Seeds.Run(Cases, random =>
        {
            var wide = random.Bytes(64);
            if (random.Next(8) == 0)
                Array.Fill(wide, (byte)0xFF);
            var (a, b, c) = (Operand(random) % L, Operand(random) >> 1, Operand(random) % L);
            var result = new byte[32];

            GroupScalar.Reduce(wide, result);
            Assert.Equal(new BigInteger(wide, isUnsigned: true) % L, new BigInteger(result, isUnsigned: true));
            GroupScalar.MultiplyAdd(Bytes(a), Bytes(b), Bytes(c), result);
            Assert.Equal((a * b + c) % L, new BigInteger(result, isUnsigned: true));
        });
    }

    /// <summary>A number below 2^255, often near 0, near p or with full limbs.</summary>
    private static BigInteger Operand(Random random) => random.Next(6) switch
    {
        0 => random.Next(40),
        1 => P - random.Next(40),
        2 => P + random.Next(19),
        3 => BigInteger.Pow(2, 51 * random.Next(1, 5)) - random.Next(3),
        _ => new BigInteger(random.Bytes(32), isUnsigned: true) >> 1,
    };

    private static FieldElement Element(BigInteger number) => FieldElement.FromBytes(Bytes(number));

    private static BigInteger Number(FieldElement element)
    {
        var bytes = new byte[32];
        element.ToBytes(bytes);
        return new BigInteger(bytes, isUnsigned: true);
    }

    private static byte[] Bytes(BigInteger number)
    {
        var bytes = new byte[32];
        Assert.True(number.TryWriteBytes(bytes, out _, isUnsigned: true));
        return bytes;
    }
}
