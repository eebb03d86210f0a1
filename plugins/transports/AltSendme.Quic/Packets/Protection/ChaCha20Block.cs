using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AltSendme.Quic.Packets.Protection;

/// <summary>The ChaCha20 block function (RFC 8439, section 2.3), for header protection only: .NET offers the cipher only inside an AEAD.</summary>
internal static class ChaCha20Block
{
    private const int DoubleRounds = 10;

    /// <summary>Computes the first 16 of the 64 bytes of key stream, all that a header mask needs.</summary>
    public static void ComputeFirst(ReadOnlySpan<uint> key, uint counter, ReadOnlySpan<byte> nonce, Span<byte> output)
    {
        var constants = Vector128.Create(0x61707865u, 0x3320646e, 0x79622d32, 0x6b206574);
        var a = constants;
        var b = Vector128.Create(key[..4]);
        var c = Vector128.Create(key[4..8]);
        var d = Vector128.Create(
            counter,
            BinaryPrimitives.ReadUInt32LittleEndian(nonce),
            BinaryPrimitives.ReadUInt32LittleEndian(nonce[4..]),
            BinaryPrimitives.ReadUInt32LittleEndian(nonce[8..]));

        for (var i = 0; i < DoubleRounds; i++)
        {
            QuarterRounds(ref a, ref b, ref c, ref d);
            b = Vector128.Shuffle(b, Vector128.Create(1u, 2, 3, 0));
            c = Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1));
            d = Vector128.Shuffle(d, Vector128.Create(3u, 0, 1, 2));
            QuarterRounds(ref a, ref b, ref c, ref d);
            b = Vector128.Shuffle(b, Vector128.Create(3u, 0, 1, 2));
            c = Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1));
            d = Vector128.Shuffle(d, Vector128.Create(1u, 2, 3, 0));
        }

        a += constants;
        for (var i = 0; i < Vector128<uint>.Count; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(output[(i * sizeof(uint))..], a[i]);
    }

    /// <summary>Four quarter rounds side by side (RFC 8439, section 2.1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void QuarterRounds(ref Vector128<uint> a, ref Vector128<uint> b, ref Vector128<uint> c, ref Vector128<uint> d)
    {
        a += b;
        d = RotateLeft(d ^ a, 16);
        c += d;
        b = RotateLeft(b ^ c, 12);
        a += b;
        d = RotateLeft(d ^ a, 8);
        c += d;
        b = RotateLeft(b ^ c, 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> RotateLeft(Vector128<uint> value, int bits) => (value << bits) | (value >>> (32 - bits));
}
