namespace AltSendme.Primitives.Cryptography.Managed;

/// <summary>
/// A point of edwards25519, -x^2 + y^2 = 1 + d x^2 y^2, in extended coordinates: x = X/Z, y = Y/Z, xy = T/Z (RFC 8032, section 5.1.4). Addition is
/// complete: it has no special cases, hence no branches.
/// </summary>
internal readonly struct EdwardsPoint(FieldElement x, FieldElement y, FieldElement z, FieldElement t)
{
    private const int WindowBits = 4;
    private const int TableSize = 1 << WindowBits;

    private static readonly FieldElement D = -(FieldElement.FromNumber(121665) * FieldElement.FromNumber(121666).Invert());
    private static readonly FieldElement TwoD = D + D;

    /// <summary>The neutral element.</summary>
    public static readonly EdwardsPoint Identity = new(FieldElement.Zero, FieldElement.One, FieldElement.One, FieldElement.Zero);

    /// <summary>The base point B: y = 4/5 and an even x.</summary>
    public static readonly EdwardsPoint Base = FromY(FieldElement.FromNumber(4) * FieldElement.FromNumber(5).Invert());

    private readonly FieldElement _x = x, _y = y, _z = z, _t = t;

    public static EdwardsPoint operator +(in EdwardsPoint p, in EdwardsPoint q)
    {
        var a = (p._y - p._x) * (q._y - q._x);
        var b = (p._y + p._x) * (q._y + q._x);
        var c = p._t * TwoD * q._t;
        var d = (p._z + p._z) * q._z;
        return FromCompleted(b - a, d - c, d + c, b + a);
    }

    public static EdwardsPoint operator -(in EdwardsPoint p) => new(-p._x, p._y, p._z, -p._t);

    public EdwardsPoint Double()
    {
        var a = _x.Square();
        var b = _y.Square();
        var c = _z.Square();
        var h = a + b;
        var g = a - b;
        return FromCompleted(h - (_x + _y).Square(), c + c + g, g, h);
    }

    /// <summary>Multiplies by a number of 32 bytes, least significant first. Every table entry is touched at every step, so the time does not depend on the number.</summary>
    public EdwardsPoint Multiply(ReadOnlySpan<byte> scalar)
    {
        Span<EdwardsPoint> multiples = new EdwardsPoint[TableSize];
        multiples[0] = Identity;
        for (var i = 1; i < TableSize; i++)
            multiples[i] = multiples[i - 1] + this;

        var result = Identity;
        for (var i = scalar.Length - 1; i >= 0; i--)
        {
            result = Step(result, multiples, (uint)scalar[i] >> WindowBits);
            result = Step(result, multiples, scalar[i] & (TableSize - 1u));
        }

        return result;
    }

    /// <summary>Writes y with the sign of x in the top bit (RFC 8032, section 5.1.2).</summary>
    public void Encode(Span<byte> bytes)
    {
        var inverse = _z.Invert();
        (_y * inverse).ToBytes(bytes);
        bytes[31] |= (byte)((_x * inverse).LowestBit() << 7);
    }

    /// <summary>Reads an encoded point (RFC 8032, section 5.1.3); fails when there is none. For public values: the time may depend on them.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out EdwardsPoint point)
    {
        point = default;
        var y = FieldElement.FromBytes(bytes);
        var sign = (ulong)bytes[31] >> 7;
        if (!TryFindX(y, out var x) || (sign == 1 && x.IsSameAs(FieldElement.Zero)))
            return false;
        x = FieldElement.Select(x, -x, x.LowestBit() ^ sign);
        point = new EdwardsPoint(x, y, FieldElement.One, x * y);
        return true;
    }

    private static EdwardsPoint FromCompleted(in FieldElement e, in FieldElement f, in FieldElement g, in FieldElement h) => new(e * f, g * h, f * g, e * h);

    private static EdwardsPoint FromY(in FieldElement y)
    {
        TryFindX(y, out var x);
        x = FieldElement.Select(x, -x, x.LowestBit());
        return new EdwardsPoint(x, y, FieldElement.One, x * y);
    }

    /// <summary>Either root of x^2 = (y^2 - 1) / (d y^2 + 1).</summary>
    private static bool TryFindX(in FieldElement y, out FieldElement x)
    {
        var square = y.Square();
        var u = square - FieldElement.One;
        var v = (D * square) + FieldElement.One;
        var v3 = v.Square() * v;
        x = u * v3 * (u * v3.Square() * v).PowerForRoot();

        var check = v * x.Square();
        if (check.IsSameAs(u))
            return true;
        x *= FieldElementRoots.OfMinusOne;
        return check.IsSameAs(-u);
    }

    private static EdwardsPoint Step(in EdwardsPoint sum, ReadOnlySpan<EdwardsPoint> multiples, uint digit)
    {
        var chosen = Identity;
        for (var i = 1u; i < TableSize; i++)
        {
            var isDigit = ((ulong)(i ^ digit) - 1) >> 63;
            ref readonly var candidate = ref multiples[(int)i];
            chosen = new EdwardsPoint(
                FieldElement.Select(chosen._x, candidate._x, isDigit),
                FieldElement.Select(chosen._y, candidate._y, isDigit),
                FieldElement.Select(chosen._z, candidate._z, isDigit),
                FieldElement.Select(chosen._t, candidate._t, isDigit));
        }

        return sum.Double().Double().Double().Double() + chosen;
    }
}
