using System.Security.Cryptography;

namespace AltSendme.Primitives.Cryptography.Managed;

/// <summary>Powers of field elements: the inverse and what square roots are made of. Fixed chains, so the time does not depend on the value.</summary>
internal static class FieldElementRoots
{
    /// <summary>A square root of -1: 2^((p-1)/4), where (p-1)/4 = 2 (p-5)/8 + 1.</summary>
    public static readonly FieldElement OfMinusOne = FieldElement.FromNumber(2).PowerForRoot().Square() * FieldElement.FromNumber(2);

    /// <summary>1 / <paramref name="value"/> = value^(p-2), where p-2 = 8 (p-5)/8 + 3; zero for zero.</summary>
    public static FieldElement Invert(this in FieldElement value) => value.PowerForRoot().Square(3) * (value.Square() * value);

    /// <summary>value^((p-5)/8) = value^(2^252 - 3), of which square roots are made (RFC 8032, section 5.1.3).</summary>
    public static FieldElement PowerForRoot(this in FieldElement value)
    {
        // Names give the exponent: ones5 is value^(2^5 - 1), five ones in binary.
        var power2 = value.Square();
        var power9 = power2.Square(2) * value;
        var power11 = power9 * power2;
        var ones5 = power11.Square() * power9;
        var ones10 = ones5.Square(5) * ones5;
        var ones20 = ones10.Square(10) * ones10;
        var ones40 = ones20.Square(20) * ones20;
        var ones50 = ones40.Square(10) * ones10;
        var ones100 = ones50.Square(50) * ones50;
        var ones200 = ones100.Square(100) * ones100;
        var ones250 = ones200.Square(50) * ones50;
        return ones250.Square(2) * value;
    }

    /// <summary>Squares <paramref name="times"/> times.</summary>
    public static FieldElement Square(this in FieldElement value, int times)
    {
        var result = value;
        for (var i = 0; i < times; i++)
            result = result.Square();
        return result;
    }

    /// <summary>Whether both are the same number, compared in constant time.</summary>
    public static bool IsSameAs(this in FieldElement left, in FieldElement right)
    {
        Span<byte> a = stackalloc byte[FieldElement.Length];
        Span<byte> b = stackalloc byte[FieldElement.Length];
        left.ToBytes(a);
        right.ToBytes(b);
        return CryptographicOperations.FixedTimeEquals(a, b);
    }

    /// <summary>The lowest bit of the canonical number, which the RFC calls the sign of x.</summary>
    public static ulong LowestBit(this in FieldElement value)
    {
        Span<byte> bytes = stackalloc byte[FieldElement.Length];
        value.ToBytes(bytes);
        return bytes[0] & 1u;
    }
}
