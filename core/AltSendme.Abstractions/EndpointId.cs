using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AltSendme.Abstractions;

/// <summary>
/// Who an endpoint is: its Ed25519 public key, 32 bytes. A connection's remote id is always proved, never claimed.
/// Text form: 64 hexadecimal digits, written in lower case.
/// </summary>
public readonly struct EndpointId : IEquatable<EndpointId>
{
    /// <summary>Bytes of an id.</summary>
    public const int Length = 32;

    private readonly Bytes _bytes;

    /// <summary>Makes an id of 32 bytes.</summary>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> has another length.</exception>
    public EndpointId(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
            throw new ArgumentException($"An endpoint id has {Length} bytes, not {bytes.Length}.", nameof(bytes));
        bytes.CopyTo(_bytes);
    }

    /// <summary>Reads the text form: 64 hexadecimal digits of either case.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out EndpointId id)
    {
        Span<byte> bytes = stackalloc byte[Length];
        id = default;
        if (text.Length != Length * 2 || Convert.FromHexString(text, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
            return false;
        id = new EndpointId(bytes);
        return true;
    }

    /// <summary>Copies the 32 bytes to <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination) => ((ReadOnlySpan<byte>)_bytes).CopyTo(destination);

    /// <summary>The 32 bytes as a new array.</summary>
    public byte[] ToArray() => ((ReadOnlySpan<byte>)_bytes).ToArray();

    /// <summary>The first ten digits: enough for a person to tell peers apart, too few to identify one.</summary>
    public string ToShortString() => ToString()[..10];

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(_bytes);

    /// <inheritdoc/>
    public bool Equals(EndpointId other) => ((ReadOnlySpan<byte>)_bytes).SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EndpointId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => MemoryMarshal.Read<int>(_bytes);

    /// <summary>Whether both are the same key.</summary>
    public static bool operator ==(EndpointId left, EndpointId right) => left.Equals(right);

    /// <summary>Whether they are different keys.</summary>
    public static bool operator !=(EndpointId left, EndpointId right) => !left.Equals(right);

    [InlineArray(Length)]
    private struct Bytes
    {
        private byte _first;
    }
}
