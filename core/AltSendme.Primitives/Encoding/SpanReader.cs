using System.Buffers.Binary;

namespace AltSendme.Primitives.Encoding;

/// <summary>
/// Reads forward through foreign bytes. Every method says with its result whether there was enough to read; none throws and none allocates.
/// After a failed read the position is unspecified, so a parser gives up at the first <see langword="false"/>.
/// </summary>
public ref struct SpanReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>What has not been read yet.</summary>
    public readonly ReadOnlySpan<byte> Remaining => _rest;

    /// <summary>Whether everything has been read.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Reads one byte.</summary>
    public bool TryReadByte(out byte value)
    {
        if (_rest.IsEmpty)
        {
            value = 0;
            return false;
        }

        value = _rest[0];
        _rest = _rest[1..];
        return true;
    }

    /// <summary>Reads <paramref name="length"/> bytes without copying them; a negative or too large length fails.</summary>
    public bool TryReadBytes(long length, out ReadOnlySpan<byte> value)
    {
        if (length < 0 || length > _rest.Length)
        {
            value = default;
            return false;
        }

        value = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return true;
    }

    /// <summary>Reads a 16-bit number, most significant byte first.</summary>
    public bool TryReadUInt16BigEndian(out ushort value)
    {
        if (!BinaryPrimitives.TryReadUInt16BigEndian(_rest, out value))
            return false;
        _rest = _rest[sizeof(ushort)..];
        return true;
    }

    /// <summary>Reads a 32-bit number, most significant byte first.</summary>
    public bool TryReadUInt32BigEndian(out uint value)
    {
        if (!BinaryPrimitives.TryReadUInt32BigEndian(_rest, out value))
            return false;
        _rest = _rest[sizeof(uint)..];
        return true;
    }

    /// <summary>Reads a 64-bit number, most significant byte first.</summary>
    public bool TryReadUInt64BigEndian(out ulong value)
    {
        if (!BinaryPrimitives.TryReadUInt64BigEndian(_rest, out value))
            return false;
        _rest = _rest[sizeof(ulong)..];
        return true;
    }

    /// <summary>Reads a 64-bit number, least significant byte first.</summary>
    public bool TryReadUInt64LittleEndian(out ulong value)
    {
        if (!BinaryPrimitives.TryReadUInt64LittleEndian(_rest, out value))
            return false;
        _rest = _rest[sizeof(ulong)..];
        return true;
    }

    /// <summary>Reads a QUIC variable-length integer (RFC 9000, section 16).</summary>
    public bool TryReadVarInt(out ulong value)
    {
        if (!QuicVarInt.TryRead(_rest, out value, out var length))
            return false;
        _rest = _rest[length..];
        return true;
    }
}
