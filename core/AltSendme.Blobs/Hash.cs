using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AltSendme.Blobs;

/// <summary>32 bytes of BLAKE3: the hash of a blob or the chaining value of a subtree. Text form: 64 lower-case hexadecimal digits.</summary>
public readonly struct Hash : IEquatable<Hash>
{
    /// <summary>Bytes of a hash.</summary>
    public const int Length = 32;

    private readonly Bytes _bytes;

    /// <summary>Makes a hash of 32 bytes.</summary>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> has another length.</exception>
    public Hash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
            throw new ArgumentException($"A hash has {Length} bytes, not {bytes.Length}.", nameof(bytes));
        bytes.CopyTo(_bytes);
    }

    /// <summary>Reads 64 hexadecimal digits of either case.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Hash hash)
    {
        Span<byte> bytes = stackalloc byte[Length];
        hash = default;
        if (text.Length != Length * 2 || Convert.FromHexString(text, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
            return false;
        hash = new Hash(bytes);
        return true;
    }

    /// <summary>The bytes in place, without a copy; valid as long as <paramref name="hash"/> is.</summary>
    public static ReadOnlySpan<byte> AsSpan(in Hash hash) => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<Hash, byte>(ref Unsafe.AsRef(in hash)), Length);

    /// <summary>Copies the 32 bytes to <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination) => ((ReadOnlySpan<byte>)_bytes).CopyTo(destination);

    /// <summary>The 32 bytes as a new array.</summary>
    public byte[] ToArray() => ((ReadOnlySpan<byte>)_bytes).ToArray();

    /// <summary>The first ten digits, for people.</summary>
    public string ToShortString() => ToString()[..10];

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(_bytes);

    /// <inheritdoc/>
    public bool Equals(Hash other) => ((ReadOnlySpan<byte>)_bytes).SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Hash other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => MemoryMarshal.Read<int>(_bytes);

    /// <summary>Whether both are equal.</summary>
    public static bool operator ==(Hash left, Hash right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(Hash left, Hash right) => !left.Equals(right);

    [InlineArray(Length)]
    private struct Bytes
    {
        private byte _first;
    }
}
