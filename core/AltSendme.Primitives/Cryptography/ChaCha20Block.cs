using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AltSendme.Primitives.Cryptography;

/// <summary>The ChaCha20 block function (RFC 8439, section 2.3) for what the platform has no name for, as it offers the cipher only inside an AEAD: header protection of QUIC and the key derivation of XChaCha20.</summary>
public static class ChaCha20Block
{
    private const int DoubleRounds = 10;

    /// <summary>Bytes of a block of key stream.</summary>
    public const int Length = 64;

    /// <summary>Bytes of a key, and of what <see cref="DeriveKey"/> gives.</summary>
    public const int KeyLength = 32;

    /// <summary>Bytes that <see cref="DeriveKey"/> takes besides the key.</summary>
    public const int DerivationInputLength = 16;

    private static Vector128<uint> Constants => Vector128.Create(0x61707865u, 0x3320646e, 0x79622d32, 0x6b206574);

    /// <summary>Computes the first 16 of the 64 bytes of key stream, all that a header mask needs.</summary>
    /// <param name="key">Eight words.</param>
    /// <param name="counter">Number of the block.</param>
    /// <param name="nonce">12 bytes.</param>
    /// <param name="output">Receives 16 bytes.</param>
    public static void ComputeFirst(ReadOnlySpan<uint> key, uint counter, ReadOnlySpan<byte> nonce, Span<byte> output)
    {
        var a = Constants;
        var b = Vector128.Create(key[..4]);
        var c = Vector128.Create(key[4..8]);
        var d = Vector128.Create(
            counter,
            BinaryPrimitives.ReadUInt32LittleEndian(nonce),
            BinaryPrimitives.ReadUInt32LittleEndian(nonce[4..]),
            BinaryPrimitives.ReadUInt32LittleEndian(nonce[8..]));
        Permute(ref a, ref b, ref c, ref d);
        Write(a + Constants, output);
    }

    /// <summary>Computes one block of key stream.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="counter">Number of the block.</param>
    /// <param name="nonce">12 bytes.</param>
    /// <param name="output">Receives 64 bytes.</param>
    public static void Compute(ReadOnlySpan<byte> key, uint counter, ReadOnlySpan<byte> nonce, Span<byte> output)
    {
        var (b0, c0) = (Read(key), Read(key[16..]));
        var d0 = Vector128.Create(
            counter,
            BinaryPrimitives.ReadUInt32LittleEndian(nonce),
            BinaryPrimitives.ReadUInt32LittleEndian(nonce[4..]),
            BinaryPrimitives.ReadUInt32LittleEndian(nonce[8..]));
        var (a, b, c, d) = (Constants, b0, c0, d0);
        Permute(ref a, ref b, ref c, ref d);
        Write(a + Constants, output);
        Write(b + b0, output[16..]);
        Write(c + c0, output[32..]);
        Write(d + d0, output[48..]);
    }

    /// <summary>HChaCha20 (draft-irtf-cfrg-xchacha-03, section 2.2): a key of 32 bytes from a key of 32 bytes and 16 bytes of input.</summary>
    public static void DeriveKey(ReadOnlySpan<byte> key, ReadOnlySpan<byte> input, Span<byte> derived)
    {
        var a = Constants;
        var b = Read(key);
        var c = Read(key[16..]);
        var d = Read(input);
        Permute(ref a, ref b, ref c, ref d);
        Write(a, derived);
        Write(d, derived[16..]);
    }

    private static void Permute(ref Vector128<uint> a, ref Vector128<uint> b, ref Vector128<uint> c, ref Vector128<uint> d)
    {
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
    }

    private static Vector128<uint> Read(ReadOnlySpan<byte> source) => Vector128.Create(
        BinaryPrimitives.ReadUInt32LittleEndian(source),
        BinaryPrimitives.ReadUInt32LittleEndian(source[4..]),
        BinaryPrimitives.ReadUInt32LittleEndian(source[8..]),
        BinaryPrimitives.ReadUInt32LittleEndian(source[12..]));

    private static void Write(Vector128<uint> words, Span<byte> destination)
    {
        for (var i = 0; i < Vector128<uint>.Count; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(destination[(i * sizeof(uint))..], words[i]);
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
