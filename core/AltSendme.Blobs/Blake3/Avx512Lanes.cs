using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AltSendme.Blobs.Blake3;

/// <summary>Sixteen lanes: AVX-512, which also has a rotation.</summary>
internal readonly struct Avx512Lanes : ILanes<Vector512<uint>>
{
    /// <inheritdoc/>
    public static bool IsSupported => Avx512F.IsSupported;

    /// <inheritdoc/>
    public static bool HoldsState => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Broadcast(uint word) => Vector512.Create(word);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Add(Vector512<uint> left, Vector512<uint> right) => left + right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Xor(Vector512<uint> left, Vector512<uint> right) => left ^ right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> RotateRight16(Vector512<uint> value) => Avx512F.RotateRight(value, 16);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> RotateRight12(Vector512<uint> value) => Avx512F.RotateRight(value, 12);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> RotateRight8(Vector512<uint> value) => Avx512F.RotateRight(value, 8);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> RotateRight7(Vector512<uint> value) => Avx512F.RotateRight(value, 7);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Load(ref byte source, nint stride)
    {
        var quads = Vector128.LoadUnsafe(ref source).AsUInt32().ToVector256Unsafe().ToVector512Unsafe();
        quads = Avx512F.InsertVector128(quads, Vector128.LoadUnsafe(ref Unsafe.AddByteOffset(ref source, stride)).AsUInt32(), 1);
        quads = Avx512F.InsertVector128(quads, Vector128.LoadUnsafe(ref Unsafe.AddByteOffset(ref source, 2 * stride)).AsUInt32(), 2);
        return Avx512F.InsertVector128(quads, Vector128.LoadUnsafe(ref Unsafe.AddByteOffset(ref source, 3 * stride)).AsUInt32(), 3);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<uint> value, ref byte destination, nint stride)
    {
        Avx512F.ExtractVector128(value, 0).AsByte().StoreUnsafe(ref destination);
        Avx512F.ExtractVector128(value, 1).AsByte().StoreUnsafe(ref Unsafe.AddByteOffset(ref destination, stride));
        Avx512F.ExtractVector128(value, 2).AsByte().StoreUnsafe(ref Unsafe.AddByteOffset(ref destination, 2 * stride));
        Avx512F.ExtractVector128(value, 3).AsByte().StoreUnsafe(ref Unsafe.AddByteOffset(ref destination, 3 * stride));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch(byte* address) => Sse.Prefetch0(address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> ZipLow(Vector512<uint> left, Vector512<uint> right) => Avx512F.UnpackLow(left, right);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> ZipHigh(Vector512<uint> left, Vector512<uint> right) => Avx512F.UnpackHigh(left, right);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> JoinLow(Vector512<uint> left, Vector512<uint> right) => Avx512F.UnpackLow(left.AsUInt64(), right.AsUInt64()).AsUInt32();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> JoinHigh(Vector512<uint> left, Vector512<uint> right) => Avx512F.UnpackHigh(left.AsUInt64(), right.AsUInt64()).AsUInt32();
}
