using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AltSendme.Blobs.Blake3;

/// <summary>Eight lanes: AVX2. Rotations by whole bytes are one shuffle, the others two shifts.</summary>
internal readonly struct Avx2Lanes : ILanes<Vector256<uint>>
{
    /// <inheritdoc/>
    public static bool IsSupported => Avx2.IsSupported;

    /// <inheritdoc/>
    public static bool HoldsState => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Broadcast(uint word) => Vector256.Create(word);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Add(Vector256<uint> left, Vector256<uint> right) => left + right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Xor(Vector256<uint> left, Vector256<uint> right) => left ^ right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> RotateRight16(Vector256<uint> value) => Avx2.Shuffle(value.AsByte(), Vector256.Create(Sse41Lanes.Right16, Sse41Lanes.Right16)).AsUInt32();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> RotateRight12(Vector256<uint> value) => (value >>> 12) | (value << 20);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> RotateRight8(Vector256<uint> value) => Avx2.Shuffle(value.AsByte(), Vector256.Create(Sse41Lanes.Right8, Sse41Lanes.Right8)).AsUInt32();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> RotateRight7(Vector256<uint> value) => (value >>> 7) | (value << 25);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Load(ref byte source, nint stride) =>
        Vector256.Create(Vector128.LoadUnsafe(ref source), Vector128.LoadUnsafe(ref Unsafe.AddByteOffset(ref source, stride))).AsUInt32();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<uint> value, ref byte destination, nint stride)
    {
        value.GetLower().AsByte().StoreUnsafe(ref destination);
        value.GetUpper().AsByte().StoreUnsafe(ref Unsafe.AddByteOffset(ref destination, stride));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch(byte* address) => Sse.Prefetch0(address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> ZipLow(Vector256<uint> left, Vector256<uint> right) => Avx2.UnpackLow(left, right);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> ZipHigh(Vector256<uint> left, Vector256<uint> right) => Avx2.UnpackHigh(left, right);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> JoinLow(Vector256<uint> left, Vector256<uint> right) => Avx2.UnpackLow(left.AsUInt64(), right.AsUInt64()).AsUInt32();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> JoinHigh(Vector256<uint> left, Vector256<uint> right) => Avx2.UnpackHigh(left.AsUInt64(), right.AsUInt64()).AsUInt32();
}
