using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace AltSendme.Primitives.Cryptography.Managed;

/// <summary>
/// Numbers modulo L = 2^252 + 27742317777372353535851937790883648493, the order of the base point (RFC 8032, section 5.1). The reduction goes bit by
/// bit with a masked subtraction: a few microseconds, nothing beside a point multiplication, and constant in time.
/// </summary>
internal static class GroupScalar
{
    private const int Limbs = 4;
    private const int WideLimbs = 2 * Limbs;

    private static ReadOnlySpan<ulong> Order => [0x5812_631a_5cf5_d3ed, 0x14de_f9de_a2f7_9cd6, 0, 0x1000_0000_0000_0000];

    /// <summary>Reduces 64 bytes, least significant first, to 32.</summary>
    public static void Reduce(ReadOnlySpan<byte> wide, Span<byte> reduced)
    {
        Span<ulong> limbs = stackalloc ulong[WideLimbs];
        Read(wide, limbs);
        Reduce(limbs, reduced);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(limbs));
    }

    /// <summary>(<paramref name="a"/> * <paramref name="b"/> + <paramref name="c"/>) modulo L, of 32 bytes each, all below 2^255.</summary>
    public static void MultiplyAdd(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c, Span<byte> result)
    {
        Span<ulong> left = stackalloc ulong[Limbs];
        Span<ulong> right = stackalloc ulong[Limbs];
        Span<ulong> sum = stackalloc ulong[WideLimbs];
        Read(a, left);
        Read(b, right);
        Read(c, sum);
        for (var i = 0; i < Limbs; i++)
        {
            ulong carry = 0;
            for (var j = 0; j < Limbs; j++)
            {
                var product = Math.BigMul(left[i], right[j]) + sum[i + j] + carry;
                sum[i + j] = (ulong)product;
                carry = (ulong)(product >> 64);
            }

            for (var j = i + Limbs; j < WideLimbs; j++)
            {
                var total = (UInt128)sum[j] + carry;
                sum[j] = (ulong)total;
                carry = (ulong)(total >> 64);
            }
        }

        Reduce(sum, result);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(left));
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(right));
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(sum));
    }

    private static void Reduce(ReadOnlySpan<ulong> wide, Span<byte> reduced)
    {
        ulong r0 = 0, r1 = 0, r2 = 0, r3 = 0;
        for (var bit = (wide.Length * 64) - 1; bit >= 0; bit--)
        {
            r3 = (r3 << 1) | (r2 >> 63);
            r2 = (r2 << 1) | (r1 >> 63);
            r1 = (r1 << 1) | (r0 >> 63);
            r0 = (r0 << 1) | ((wide[bit >> 6] >> (bit & 63)) & 1);

            var t0 = SubtractBorrow(r0, Order[0], 0, out var borrow);
            var t1 = SubtractBorrow(r1, Order[1], borrow, out borrow);
            var t2 = SubtractBorrow(r2, Order[2], borrow, out borrow);
            var t3 = SubtractBorrow(r3, Order[3], borrow, out borrow);

            var keep = 0 - borrow;
            r0 = t0 ^ (keep & (t0 ^ r0));
            r1 = t1 ^ (keep & (t1 ^ r1));
            r2 = t2 ^ (keep & (t2 ^ r2));
            r3 = t3 ^ (keep & (t3 ^ r3));
        }

        BinaryPrimitives.WriteUInt64LittleEndian(reduced, r0);
        BinaryPrimitives.WriteUInt64LittleEndian(reduced[8..], r1);
        BinaryPrimitives.WriteUInt64LittleEndian(reduced[16..], r2);
        BinaryPrimitives.WriteUInt64LittleEndian(reduced[24..], r3);
    }

    private static ulong SubtractBorrow(ulong a, ulong b, ulong borrowIn, out ulong borrowOut)
    {
        var difference = a - b - borrowIn;
        borrowOut = ((~a & b) | ((~a | b) & difference)) >> 63;
        return difference;
    }

    private static void Read(ReadOnlySpan<byte> bytes, Span<ulong> limbs)
    {
        limbs.Clear();
        for (var i = 0; i * 8 < bytes.Length; i++)
            limbs[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(i * 8)..]);
    }
}
