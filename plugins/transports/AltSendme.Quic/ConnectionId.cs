using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AltSendme.Quic;

/// <summary>A connection id of QUIC v1: 0 to 20 bytes, held by value (RFC 9000, section 5.1).</summary>
internal readonly struct ConnectionId : IEquatable<ConnectionId>
{
    /// <summary>Longest connection id of QUIC v1 in bytes (RFC 9000, section 17.2).</summary>
    public const int MaxLength = 20;

    private readonly Storage _bytes;
    private readonly byte _length;

    /// <summary>Copies an id.</summary>
    /// <exception cref="ArgumentException">It is longer than <see cref="MaxLength"/>.</exception>
    public ConnectionId(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxLength)
            throw new ArgumentException($"A connection id has at most {MaxLength} bytes, not {bytes.Length}.", nameof(bytes));
        bytes.CopyTo(_bytes);
        _length = (byte)bytes.Length;
    }

    /// <summary>Bytes of this id.</summary>
    public int Length => _length;

    /// <summary>The bytes; valid while this value lives.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => ((ReadOnlySpan<byte>)_bytes)[.._length];

    /// <summary>Whether two ids are the same bytes.</summary>
    public static bool operator ==(in ConnectionId left, in ConnectionId right) => left.Bytes.SequenceEqual(right.Bytes);

    /// <summary>Whether two ids differ.</summary>
    public static bool operator !=(in ConnectionId left, in ConnectionId right) => !(left == right);

    /// <inheritdoc />
    public bool Equals(ConnectionId other) => this == other;

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is ConnectionId other && this == other;

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var words = (ReadOnlySpan<byte>)_bytes;
        return HashCode.Combine(MemoryMarshal.Read<ulong>(words), MemoryMarshal.Read<ulong>(words[8..]), MemoryMarshal.Read<uint>(words[16..]), _length);
    }

    /// <inheritdoc />
    public override string ToString() => Convert.ToHexStringLower(Bytes);

    [InlineArray(MaxLength)]
    private struct Storage
    {
        private byte _first;
    }
}
