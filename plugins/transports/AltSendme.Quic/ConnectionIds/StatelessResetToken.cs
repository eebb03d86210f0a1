using System.Buffers.Binary;
using AltSendme.Quic.Packets;

namespace AltSendme.Quic.ConnectionIds;

/// <summary>Sixteen bytes that end a stateless reset (RFC 9000, section 10.3), held by value.</summary>
internal readonly struct StatelessResetToken : IEquatable<StatelessResetToken>
{
    private readonly ulong _high;
    private readonly ulong _low;

    /// <summary>Copies a token of <see cref="StatelessReset.TokenLength"/> bytes.</summary>
    public StatelessResetToken(ReadOnlySpan<byte> bytes)
    {
        _high = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _low = BinaryPrimitives.ReadUInt64BigEndian(bytes[sizeof(ulong)..]);
    }

    /// <summary>Writes the token.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt64BigEndian(destination[sizeof(ulong)..], _low);
    }

    /// <summary>Compares in constant time: a token must not be found byte by byte (RFC 9000, section 10.3.1).</summary>
    public bool Equals(StatelessResetToken other) => ((_high ^ other._high) | (_low ^ other._low)) == 0;

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is StatelessResetToken other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(_high, _low);
}
