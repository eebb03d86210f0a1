using System.Buffers.Binary;

namespace AltSendme.Primitives.Cryptography;

/// <summary>
/// The Poly1305 authenticator (RFC 8439, section 2.5): a tag under a key that is used once. The platform offers it only inside an AEAD, whose padding and lengths NaCl's boxes do not have. Numbers modulo
/// 2^130 - 5 in two words of 64 bits and a few bits more; the time does not depend on their values.
/// </summary>
public static class Poly1305
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyLength = 32;

    /// <summary>Bytes of a tag.</summary>
    public const int TagLength = 16;

    private const int BlockLength = 16;

    /// <summary>Computes the tag of <paramref name="message"/>.</summary>
    /// <exception cref="ArgumentException">The key or the tag has another length than the constants name.</exception>
    public static void Compute(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, Span<byte> tag)
    {
        KeyLengths.Require(key.Length, KeyLength, nameof(key));
        KeyLengths.Require(tag.Length, TagLength, nameof(tag));

        // The multiplier's clamped bits make room for the carries (section 2.5.1).
        var r0 = BinaryPrimitives.ReadUInt64LittleEndian(key) & 0x0FFFFFFC0FFFFFFF;
        var r1 = BinaryPrimitives.ReadUInt64LittleEndian(key[8..]) & 0x0FFFFFFC0FFFFFFC;
        var sum = default(Accumulator);
        Span<byte> last = stackalloc byte[BlockLength];
        for (var rest = message; !rest.IsEmpty; rest = rest[Math.Min(BlockLength, rest.Length)..])
        {
            if (rest.Length >= BlockLength)
            {
                sum.Add(rest, 1);
            }
            else
            {
                last.Clear();
                rest.CopyTo(last);
                last[rest.Length] = 1;
                sum.Add(last, 0);
            }

            sum.Multiply(r0, r1);
        }

        sum.Finish(key[BlockLength..], tag);
    }

    private struct Accumulator
    {
        private ulong _h0;
        private ulong _h1;
        private ulong _h2;

        public void Add(ReadOnlySpan<byte> block, ulong highBit)
        {
            var low = (UInt128)_h0 + BinaryPrimitives.ReadUInt64LittleEndian(block);
            var high = (UInt128)_h1 + BinaryPrimitives.ReadUInt64LittleEndian(block[8..]) + (ulong)(low >> 64);
            _h0 = (ulong)low;
            _h1 = (ulong)high;
            _h2 += (ulong)(high >> 64) + highBit;
        }

        // What lies above 2^130 comes back times 5; as r1 is a multiple of 4, 2^128 r1 is 2^130 r1/4, so that 5/4 r1 stands for it.
        public void Multiply(ulong r0, ulong r1)
        {
            var s1 = r1 + (r1 >> 2);
            var d0 = ((UInt128)_h0 * r0) + ((UInt128)_h1 * s1);
            var d1 = ((UInt128)_h0 * r1) + ((UInt128)_h1 * r0) + (_h2 * s1) + (ulong)(d0 >> 64);
            var d2 = (_h2 * r0) + (ulong)(d1 >> 64);
            var carry = (d2 >> 2) + (d2 & ~3UL);
            var low = (UInt128)(ulong)d0 + carry;
            var high = (UInt128)(ulong)d1 + (ulong)(low >> 64);
            _h0 = (ulong)low;
            _h1 = (ulong)high;
            _h2 = (d2 & 3) + (ulong)(high >> 64);
        }

        public readonly void Finish(ReadOnlySpan<byte> pad, Span<byte> tag)
        {
            // Minus the modulus, if that is not negative; chosen without a branch.
            var low = (UInt128)_h0 + 5;
            var high = (UInt128)_h1 + (ulong)(low >> 64);
            var isReduced = 0UL - ((_h2 + (ulong)(high >> 64)) >> 2);
            var h0 = (_h0 & ~isReduced) | ((ulong)low & isReduced);
            var h1 = (_h1 & ~isReduced) | ((ulong)high & isReduced);
            var t0 = (UInt128)h0 + BinaryPrimitives.ReadUInt64LittleEndian(pad);
            BinaryPrimitives.WriteUInt64LittleEndian(tag, (ulong)t0);
            BinaryPrimitives.WriteUInt64LittleEndian(tag[8..], h1 + BinaryPrimitives.ReadUInt64LittleEndian(pad[8..]) + (ulong)(t0 >> 64));
        }
    }
}
