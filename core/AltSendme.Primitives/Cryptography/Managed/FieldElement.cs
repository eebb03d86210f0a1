using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace AltSendme.Primitives.Cryptography.Managed;

/// <summary>
/// A number modulo p = 2^255 - 19, as five limbs of 51 bits. No operation branches on a value or looks something up by it, so the time it takes
/// says nothing about secrets.
/// </summary>
/// <remarks>
/// Limbs are kept loose. What <see cref="Multiply"/>, <see cref="Square"/> and <see cref="Subtract"/> give has limbs below 2^51 + 2^15; these two
/// accept limbs below 2^54, so that three sums may be chained between them. Only <see cref="ToBytes"/> gives the canonical number.
/// </remarks>
internal readonly struct FieldElement(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4)
{
    public const int Length = 32;

    private const int LimbBits = 51;
    private const ulong LimbMask = (1UL << LimbBits) - 1;

    // 16 p, limb by limb: added before a subtraction, so that no limb goes below zero.
    private const ulong SixteenP0 = 16 * (LimbMask - 18);
    private const ulong SixteenP = 16 * LimbMask;

    public static readonly FieldElement Zero = new(0, 0, 0, 0, 0);
    public static readonly FieldElement One = new(1, 0, 0, 0, 0);

    private readonly ulong _l0 = l0, _l1 = l1, _l2 = l2, _l3 = l3, _l4 = l4;

    public static FieldElement FromNumber(uint value) => new(value, 0, 0, 0, 0);

    /// <summary>Reads 32 bytes, least significant first; the top bit is ignored and numbers of p and above are taken modulo p (RFC 7748, section 5).</summary>
    public static FieldElement FromBytes(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(bytes) & LimbMask,
        (BinaryPrimitives.ReadUInt64LittleEndian(bytes[6..]) >> 3) & LimbMask,
        (BinaryPrimitives.ReadUInt64LittleEndian(bytes[12..]) >> 6) & LimbMask,
        (BinaryPrimitives.ReadUInt64LittleEndian(bytes[19..]) >> 1) & LimbMask,
        (BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]) >> 12) & LimbMask);

    /// <summary>Writes the canonical 32 bytes.</summary>
    public void ToBytes(Span<byte> bytes)
    {
        var tight = Carry(_l0, _l1, _l2, _l3, _l4);

        // The number is below 2p now; the quotient by p is the carry out of the top when 19 is added.
        var quotient = (tight._l0 + 19) >> LimbBits;
        quotient = (tight._l1 + quotient) >> LimbBits;
        quotient = (tight._l2 + quotient) >> LimbBits;
        quotient = (tight._l3 + quotient) >> LimbBits;
        quotient = (tight._l4 + quotient) >> LimbBits;

        var r0 = tight._l0 + 19 * quotient;
        var r1 = tight._l1 + (r0 >> LimbBits);
        var r2 = tight._l2 + (r1 >> LimbBits);
        var r3 = tight._l3 + (r2 >> LimbBits);
        var r4 = (tight._l4 + (r3 >> LimbBits)) & LimbMask;
        r0 &= LimbMask;
        r1 &= LimbMask;
        r2 &= LimbMask;
        r3 &= LimbMask;

        BinaryPrimitives.WriteUInt64LittleEndian(bytes, r0 | (r1 << 51));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], (r1 >> 13) | (r2 << 38));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], (r2 >> 26) | (r3 << 25));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], (r3 >> 39) | (r4 << 12));
    }

    public static FieldElement operator +(in FieldElement a, in FieldElement b) =>
        new(a._l0 + b._l0, a._l1 + b._l1, a._l2 + b._l2, a._l3 + b._l3, a._l4 + b._l4);

    public static FieldElement operator -(in FieldElement a, in FieldElement b) => Subtract(a, b);

    public static FieldElement operator -(in FieldElement a) => Subtract(Zero, a);

    public static FieldElement operator *(in FieldElement a, in FieldElement b) => Multiply(a, b);

    public static FieldElement Subtract(in FieldElement a, in FieldElement b) => Carry(
        a._l0 + SixteenP0 - b._l0,
        a._l1 + SixteenP - b._l1,
        a._l2 + SixteenP - b._l2,
        a._l3 + SixteenP - b._l3,
        a._l4 + SixteenP - b._l4);

    public static FieldElement Multiply(in FieldElement a, in FieldElement b)
    {
        // 2^255 = 19 modulo p: what overflows the fifth limb comes back times 19.
        ulong b1 = 19 * b._l1, b2 = 19 * b._l2, b3 = 19 * b._l3, b4 = 19 * b._l4;
        return Carry(
            Math.BigMul(a._l0, b._l0) + Math.BigMul(a._l1, b4) + Math.BigMul(a._l2, b3) + Math.BigMul(a._l3, b2) + Math.BigMul(a._l4, b1),
            Math.BigMul(a._l0, b._l1) + Math.BigMul(a._l1, b._l0) + Math.BigMul(a._l2, b4) + Math.BigMul(a._l3, b3) + Math.BigMul(a._l4, b2),
            Math.BigMul(a._l0, b._l2) + Math.BigMul(a._l1, b._l1) + Math.BigMul(a._l2, b._l0) + Math.BigMul(a._l3, b4) + Math.BigMul(a._l4, b3),
            Math.BigMul(a._l0, b._l3) + Math.BigMul(a._l1, b._l2) + Math.BigMul(a._l2, b._l1) + Math.BigMul(a._l3, b._l0) + Math.BigMul(a._l4, b4),
            Math.BigMul(a._l0, b._l4) + Math.BigMul(a._l1, b._l3) + Math.BigMul(a._l2, b._l2) + Math.BigMul(a._l3, b._l1) + Math.BigMul(a._l4, b._l0));
    }

    public FieldElement Square()
    {
        ulong twice0 = 2 * _l0, twice1 = 2 * _l1, times3 = 19 * _l3, times4 = 19 * _l4;
        return Carry(
            Math.BigMul(_l0, _l0) + Math.BigMul(twice1, times4) + Math.BigMul(2 * _l2, times3),
            Math.BigMul(twice0, _l1) + Math.BigMul(2 * _l2, times4) + Math.BigMul(_l3, times3),
            Math.BigMul(twice0, _l2) + Math.BigMul(_l1, _l1) + Math.BigMul(2 * _l3, times4),
            Math.BigMul(twice0, _l3) + Math.BigMul(twice1, _l2) + Math.BigMul(_l4, times4),
            Math.BigMul(twice0, _l4) + Math.BigMul(twice1, _l3) + Math.BigMul(_l2, _l2));
    }

    /// <summary><paramref name="whenOne"/> where <paramref name="choice"/> is 1, <paramref name="whenZero"/> where it is 0, in the same time.</summary>
    public static FieldElement Select(in FieldElement whenZero, in FieldElement whenOne, ulong choice)
    {
        var mask = 0 - choice;
        return new FieldElement(
            whenZero._l0 ^ (mask & (whenZero._l0 ^ whenOne._l0)),
            whenZero._l1 ^ (mask & (whenZero._l1 ^ whenOne._l1)),
            whenZero._l2 ^ (mask & (whenZero._l2 ^ whenOne._l2)),
            whenZero._l3 ^ (mask & (whenZero._l3 ^ whenOne._l3)),
            whenZero._l4 ^ (mask & (whenZero._l4 ^ whenOne._l4)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FieldElement Carry(UInt128 c0, UInt128 c1, UInt128 c2, UInt128 c3, UInt128 c4)
    {
        c1 += (ulong)(c0 >> LimbBits);
        c2 += (ulong)(c1 >> LimbBits);
        c3 += (ulong)(c2 >> LimbBits);
        c4 += (ulong)(c3 >> LimbBits);
        var r0 = ((ulong)c0 & LimbMask) + 19 * (ulong)(c4 >> LimbBits);
        return new FieldElement(r0 & LimbMask, ((ulong)c1 & LimbMask) + (r0 >> LimbBits), (ulong)c2 & LimbMask, (ulong)c3 & LimbMask, (ulong)c4 & LimbMask);
    }

    private static FieldElement Carry(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4) => new(
        (l0 & LimbMask) + 19 * (l4 >> LimbBits),
        (l1 & LimbMask) + (l0 >> LimbBits),
        (l2 & LimbMask) + (l1 >> LimbBits),
        (l3 & LimbMask) + (l2 >> LimbBits),
        (l4 & LimbMask) + (l3 >> LimbBits));
}
