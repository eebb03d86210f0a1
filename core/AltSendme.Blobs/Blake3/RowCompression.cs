using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AltSendme.Blobs.Blake3;

/// <summary>The compression function with a row of the state in each vector of SSE4.1 (BLAKE3 paper, section 5.2): four mixtures at once, for blobs and tails that do not fill lanes.</summary>
internal static class RowCompression
{
    /// <inheritdoc cref="Compression.Compress"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compress(ReadOnlySpan<uint> value, ReadOnlySpan<byte> block, int length, ulong counter, NodeFlags flags, Span<uint> output)
    {
        Debug.Assert(value.Length == 8 && block.Length == Parameters.BlockLength && output.Length == 16);
        ref var source = ref MemoryMarshal.GetReference(value);
        var upper = Vector128.LoadUnsafe(ref source);
        var lower = Vector128.LoadUnsafe(ref source, 4);
        Vector128<uint> a = upper, b = lower;
        var c = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(Parameters.InitialValue));
        var d = Vector128.Create((uint)counter, (uint)(counter >> 32), (uint)length, (uint)flags);

        // Words in the order of use: x and y are what the columns add first and second, z and w the diagonals.
        ref var message = ref MemoryMarshal.GetReference(block);
        var m0 = Vector128.LoadUnsafe(ref message).AsUInt32();
        var m1 = Vector128.LoadUnsafe(ref message, 16).AsUInt32();
        var m2 = Vector128.LoadUnsafe(ref message, 32).AsUInt32();
        var m3 = Vector128.LoadUnsafe(ref message, 48).AsUInt32();
        var x = Pick(m0, m1, 0b10_00_10_00);
        var y = Pick(m0, m1, 0b11_01_11_01);
        var z = Pick(m2, m3, 0b10_00_10_00);
        var w = Pick(m2, m3, 0b11_01_11_01);

        for (var round = 1; ; round++)
        {
            Mix(ref a, ref b, ref c, ref d, x, y);
            b = Sse2.Shuffle(b, 0b00_11_10_01);
            c = Sse2.Shuffle(c, 0b01_00_11_10);
            d = Sse2.Shuffle(d, 0b10_01_00_11);
            Mix(ref a, ref b, ref c, ref d, z, w);
            b = Sse2.Shuffle(b, 0b10_01_00_11);
            c = Sse2.Shuffle(c, 0b01_00_11_10);
            d = Sse2.Shuffle(d, 0b00_11_10_01);
            if (round == Parameters.Rounds)
                break;

            // The permutation of table 2, on words that lie in this order: 0 2 4 6, 1 3 5 7, 8 10 12 14, 9 11 13 15.
            var nextX = Sse2.Shuffle(Pick(x, y, 0b11_01_10_01), 0b01_11_10_00);
            var nextY = Sse2.Shuffle(Pick(x, Blend(z, w, 0b0100), 0b10_01_00_11), 0b11_01_10_00);
            var nextZ = Pick(Blend(y, z, 0b0100), w, 0b11_00_10_00);
            w = Pick(Blend(w, y, 0b0100), z, 0b00_11_10_01);
            x = nextX;
            y = nextY;
            z = nextZ;
        }

        ref var destination = ref MemoryMarshal.GetReference(output);
        (a ^ c).StoreUnsafe(ref destination);
        (b ^ d).StoreUnsafe(ref destination, 4);
        (c ^ upper).StoreUnsafe(ref destination, 8);
        (d ^ lower).StoreUnsafe(ref destination, 12);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(ref Vector128<uint> a, ref Vector128<uint> b, ref Vector128<uint> c, ref Vector128<uint> d, Vector128<uint> first, Vector128<uint> second)
    {
        a = a + first + b;
        d = Sse41Lanes.RotateRight16(d ^ a);
        c += d;
        b = Sse41Lanes.RotateRight12(b ^ c);
        a = a + second + b;
        d = Sse41Lanes.RotateRight8(d ^ a);
        c += d;
        b = Sse41Lanes.RotateRight7(b ^ c);
    }

    /// <summary>Two words of <paramref name="low"/>, then two of <paramref name="high"/>; two bits of <paramref name="control"/> each, the lowest first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Pick(Vector128<uint> low, Vector128<uint> high, [ConstantExpected] byte control) =>
        Sse.Shuffle(low.AsSingle(), high.AsSingle(), control).AsUInt32();

    /// <summary><paramref name="left"/>, but <paramref name="right"/> where <paramref name="control"/> has a bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Blend(Vector128<uint> left, Vector128<uint> right, [ConstantExpected] byte control) =>
        Sse41.Blend(left.AsSingle(), right.AsSingle(), control).AsUInt32();
}
