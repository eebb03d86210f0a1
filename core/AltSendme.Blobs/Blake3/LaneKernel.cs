using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AltSendme.Blobs.Blake3;

/// <summary>
/// Hashes one node a lane: the state is sixteen vectors, and vector i holds word i of every node (BLAKE3 paper, section 5.3). What does not fill the lanes goes to <typeparamref name="TNarrower"/>.
/// </summary>
/// <remarks>
/// The message lies in memory, not in registers: the state alone fills sixteen of them, and additions take an operand from memory for free. That also lets the seven rounds be a loop over
/// <see cref="Parameters.Schedule"/>, which keeps the method small enough to compile in milliseconds. Where there are only sixteen registers, the third row of the state lies in memory, too:
/// left to itself the JIT spills what is needed next, and AVX2 takes 1.6 times as long.
/// </remarks>
internal readonly struct LaneKernel<TVector, TLanes, TNarrower> : IKernel
    where TVector : unmanaged
    where TLanes : ILanes<TVector>
    where TNarrower : IKernel
{
    private const int Words = 16;

    /// <inheritdoc/>
    public static bool IsSupported => TLanes.IsSupported;

    /// <inheritdoc/>
    public static int Batch => Unsafe.SizeOf<TVector>() / sizeof(uint);

    /// <inheritdoc/>
    public static void HashChunks(ReadOnlySpan<byte> chunks, ulong firstChunk, in TreeMode mode, Span<byte> values)
    {
        while (chunks.Length >= Batch * Parameters.ChunkLength)
        {
            ref var destination = ref MemoryMarshal.GetReference(values[..(Batch * Parameters.ValueLength)]);
            HashLanes(ref MemoryMarshal.GetReference(chunks), Parameters.ChunkLength, firstChunk, 1, mode, NodeFlags.ChunkStart, NodeFlags.ChunkEnd, ref destination);
            chunks = chunks[(Batch * Parameters.ChunkLength)..];
            values = values[(Batch * Parameters.ValueLength)..];
            firstChunk += (uint)Batch;
        }
        if (!chunks.IsEmpty)
            TNarrower.HashChunks(chunks, firstChunk, mode, values);
    }

    /// <inheritdoc/>
    public static void HashParents(ReadOnlySpan<byte> children, in TreeMode mode, Span<byte> values)
    {
        while (children.Length >= Batch * Parameters.BlockLength)
        {
            ref var destination = ref MemoryMarshal.GetReference(values[..(Batch * Parameters.ValueLength)]);
            HashLanes(ref MemoryMarshal.GetReference(children), Parameters.BlockLength, 0, 0, mode, NodeFlags.Parent, NodeFlags.None, ref destination);
            children = children[(Batch * Parameters.BlockLength)..];
            values = values[(Batch * Parameters.ValueLength)..];
        }
        if (!children.IsEmpty)
            TNarrower.HashParents(children, mode, values);
    }

    // Hashes Batch nodes of equal length that lie one after the other. Compiled at once for this processor: the code of the first tier is slower than plain integers, and the runtime takes its time
    // to notice.
    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    private static unsafe void HashLanes(
        ref byte input, nint length, ulong counter, uint counterStep, in TreeMode mode, NodeFlags first, NodeFlags last, ref byte values)
    {
        // The message, a row of the state, and one vector more to align them: a vector across two cache lines costs two reads.
        var space = stackalloc TVector[Words + 4 + 1];
        var m = (TVector*)(((nuint)space + (nuint)sizeof(TVector) - 1) & ~((nuint)sizeof(TVector) - 1));

        var counters = (uint*)m;
        for (var i = 0; i < Batch; i++)
        {
            var number = counter + ((uint)i * counterStep);
            counters[i] = (uint)number;
            counters[Batch + i] = (uint)(number >> 32);
        }
        TVector counterLow = m[0], counterHigh = m[1];

        ref var key = ref MemoryMarshal.GetReference(mode.Key);
        var v0 = TLanes.Broadcast(key);
        var v1 = TLanes.Broadcast(Unsafe.Add(ref key, 1));
        var v2 = TLanes.Broadcast(Unsafe.Add(ref key, 2));
        var v3 = TLanes.Broadcast(Unsafe.Add(ref key, 3));
        var v4 = TLanes.Broadcast(Unsafe.Add(ref key, 4));
        var v5 = TLanes.Broadcast(Unsafe.Add(ref key, 5));
        var v6 = TLanes.Broadcast(Unsafe.Add(ref key, 6));
        var v7 = TLanes.Broadcast(Unsafe.Add(ref key, 7));

        var flags = mode.Flags | first;
        for (nint at = 0; at < length; at += Parameters.BlockLength)
        {
            if (at + Parameters.BlockLength == length)
                flags |= last;
            for (var quad = 0; quad < 4; quad++)
                Transpose(ref Unsafe.AddByteOffset(ref input, at + (quad * 16)), length, m + (quad * 4));

            if (length == Parameters.ChunkLength)
            {
                // The processor does not foresee sixteen streams of 1024 bytes each, so every block asks for its share of what the next call reads. The address may lie beyond the content
                // (hence no reference), and if the content is moved meanwhile, nothing is lost but time.
                var ahead = (byte*)Unsafe.AsPointer(ref input) + ((length + at) * Batch);
                for (var line = 0; line < Batch; line++)
                    TLanes.Prefetch(ahead + (line * Parameters.BlockLength));
            }

            ref var iv = ref MemoryMarshal.GetReference(Parameters.InitialValue);
            var v8 = TLanes.Broadcast(iv);
            var v9 = TLanes.Broadcast(Unsafe.Add(ref iv, 1));
            var v10 = TLanes.Broadcast(Unsafe.Add(ref iv, 2));
            var v11 = TLanes.Broadcast(Unsafe.Add(ref iv, 3));
            TVector v12 = counterLow, v13 = counterHigh, v14 = TLanes.Broadcast(Parameters.BlockLength), v15 = TLanes.Broadcast((uint)flags);
            var c = m + Words;
            if (!TLanes.HoldsState)
            {
                c[0] = v8;
                c[1] = v9;
                c[2] = v10;
                c[3] = v11;
            }

            ref var s = ref MemoryMarshal.GetReference(Parameters.Schedule);
            for (var round = 0; round < Parameters.Rounds; round++)
            {
                if (TLanes.HoldsState)
                {
                    MixFour(
                        ref v0, ref v1, ref v2, ref v3,
                        ref v4, ref v5, ref v6, ref v7,
                        ref v8, ref v9, ref v10, ref v11,
                        ref v12, ref v13, ref v14, ref v15,
                        m, ref s);
                    MixFour(
                        ref v0, ref v1, ref v2, ref v3,
                        ref v5, ref v6, ref v7, ref v4,
                        ref v10, ref v11, ref v8, ref v9,
                        ref v15, ref v12, ref v13, ref v14,
                        m, ref Unsafe.Add(ref s, 8));
                }
                else
                {
                    MixFour(
                        ref v0, ref v1, ref v2, ref v3,
                        ref v4, ref v5, ref v6, ref v7,
                        ref c[0], ref c[1], ref c[2], ref c[3],
                        ref v12, ref v13, ref v14, ref v15,
                        m, ref s);
                    MixFour(
                        ref v0, ref v1, ref v2, ref v3,
                        ref v5, ref v6, ref v7, ref v4,
                        ref c[2], ref c[3], ref c[0], ref c[1],
                        ref v15, ref v12, ref v13, ref v14,
                        m, ref Unsafe.Add(ref s, 8));
                }
                s = ref Unsafe.Add(ref s, Words);
            }

            if (!TLanes.HoldsState)
            {
                v8 = c[0];
                v9 = c[1];
                v10 = c[2];
                v11 = c[3];
            }

            v0 = TLanes.Xor(v0, v8);
            v1 = TLanes.Xor(v1, v9);
            v2 = TLanes.Xor(v2, v10);
            v3 = TLanes.Xor(v3, v11);
            v4 = TLanes.Xor(v4, v12);
            v5 = TLanes.Xor(v5, v13);
            v6 = TLanes.Xor(v6, v14);
            v7 = TLanes.Xor(v7, v15);
            flags = mode.Flags;
        }

        StoreTransposed(v0, v1, v2, v3, ref values);
        StoreTransposed(v4, v5, v6, v7, ref Unsafe.AddByteOffset(ref values, 16));
    }

    // Half a round: four independent mixtures, statement by statement, because the JIT keeps this order and a processor that sees four chains at once waits for none of them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void MixFour(
        ref TVector a0, ref TVector a1, ref TVector a2, ref TVector a3,
        ref TVector b0, ref TVector b1, ref TVector b2, ref TVector b3,
        ref TVector c0, ref TVector c1, ref TVector c2, ref TVector c3,
        ref TVector d0, ref TVector d1, ref TVector d2, ref TVector d3,
        TVector* m, ref byte s)
    {
        a0 = TLanes.Add(TLanes.Add(a0, m[Unsafe.Add(ref s, 0)]), b0);
        a1 = TLanes.Add(TLanes.Add(a1, m[Unsafe.Add(ref s, 2)]), b1);
        a2 = TLanes.Add(TLanes.Add(a2, m[Unsafe.Add(ref s, 4)]), b2);
        a3 = TLanes.Add(TLanes.Add(a3, m[Unsafe.Add(ref s, 6)]), b3);
        d0 = TLanes.RotateRight16(TLanes.Xor(d0, a0));
        d1 = TLanes.RotateRight16(TLanes.Xor(d1, a1));
        d2 = TLanes.RotateRight16(TLanes.Xor(d2, a2));
        d3 = TLanes.RotateRight16(TLanes.Xor(d3, a3));
        b0 = TLanes.RotateRight12(TLanes.Xor(b0, Add(ref c0, d0)));
        b1 = TLanes.RotateRight12(TLanes.Xor(b1, Add(ref c1, d1)));
        b2 = TLanes.RotateRight12(TLanes.Xor(b2, Add(ref c2, d2)));
        b3 = TLanes.RotateRight12(TLanes.Xor(b3, Add(ref c3, d3)));
        a0 = TLanes.Add(TLanes.Add(a0, m[Unsafe.Add(ref s, 1)]), b0);
        a1 = TLanes.Add(TLanes.Add(a1, m[Unsafe.Add(ref s, 3)]), b1);
        a2 = TLanes.Add(TLanes.Add(a2, m[Unsafe.Add(ref s, 5)]), b2);
        a3 = TLanes.Add(TLanes.Add(a3, m[Unsafe.Add(ref s, 7)]), b3);
        d0 = TLanes.RotateRight8(TLanes.Xor(d0, a0));
        d1 = TLanes.RotateRight8(TLanes.Xor(d1, a1));
        d2 = TLanes.RotateRight8(TLanes.Xor(d2, a2));
        d3 = TLanes.RotateRight8(TLanes.Xor(d3, a3));
        b0 = TLanes.RotateRight7(TLanes.Xor(b0, Add(ref c0, d0)));
        b1 = TLanes.RotateRight7(TLanes.Xor(b1, Add(ref c1, d1)));
        b2 = TLanes.RotateRight7(TLanes.Xor(b2, Add(ref c2, d2)));
        b3 = TLanes.RotateRight7(TLanes.Xor(b3, Add(ref c3, d3)));
    }

    /// <summary>Adds in place; the result is returned, so that nobody reads it back where it lies in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Add(ref TVector sum, TVector value)
    {
        var result = TLanes.Add(sum, value);
        sum = result;
        return result;
    }

    // Reads four words of every node. Node n belongs to lane n, so quad q of a vector is read from node 4q and its successors.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Transpose(ref byte source, nint stride, TVector* words)
    {
        var r0 = TLanes.Load(ref source, 4 * stride);
        var r1 = TLanes.Load(ref Unsafe.AddByteOffset(ref source, stride), 4 * stride);
        var r2 = TLanes.Load(ref Unsafe.AddByteOffset(ref source, 2 * stride), 4 * stride);
        var r3 = TLanes.Load(ref Unsafe.AddByteOffset(ref source, 3 * stride), 4 * stride);
        TransposeQuads(ref r0, ref r1, ref r2, ref r3);
        words[0] = r0;
        words[1] = r1;
        words[2] = r2;
        words[3] = r3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreTransposed(TVector w0, TVector w1, TVector w2, TVector w3, ref byte destination)
    {
        const nint Stride = Parameters.ValueLength;
        TransposeQuads(ref w0, ref w1, ref w2, ref w3);
        TLanes.Store(w0, ref destination, 4 * Stride);
        TLanes.Store(w1, ref Unsafe.AddByteOffset(ref destination, Stride), 4 * Stride);
        TLanes.Store(w2, ref Unsafe.AddByteOffset(ref destination, 2 * Stride), 4 * Stride);
        TLanes.Store(w3, ref Unsafe.AddByteOffset(ref destination, 3 * Stride), 4 * Stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeQuads(ref TVector r0, ref TVector r1, ref TVector r2, ref TVector r3)
    {
        TVector low01 = TLanes.ZipLow(r0, r1), high01 = TLanes.ZipHigh(r0, r1), low23 = TLanes.ZipLow(r2, r3), high23 = TLanes.ZipHigh(r2, r3);
        r0 = TLanes.JoinLow(low01, low23);
        r1 = TLanes.JoinHigh(low01, low23);
        r2 = TLanes.JoinLow(high01, high23);
        r3 = TLanes.JoinHigh(high01, high23);
    }
}
