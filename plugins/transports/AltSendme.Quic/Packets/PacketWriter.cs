using System.Buffers.Binary;
using AltSendme.Primitives.Encoding;

namespace AltSendme.Quic.Packets;

/// <summary>Writes forward into a caller's buffer. Callers check room with the Length of what they write first; running over is our own bug and throws.</summary>
internal ref struct PacketWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;

    /// <summary>Bytes written so far.</summary>
    public int Position { get; private set; }

    /// <summary>Bytes that can still be written.</summary>
    public readonly int Room => _buffer.Length - Position;

    /// <summary>What has been written.</summary>
    public readonly Span<byte> Written => _buffer[..Position];

    /// <summary>Writes one byte.</summary>
    public void WriteByte(byte value) => _buffer[Position++] = value;

    /// <summary>Writes a variable-length integer in its shortest form.</summary>
    public void WriteVarInt(ulong value)
    {
        if (value < 64)
            _buffer[Position++] = (byte)value;
        else
            Position += QuicVarInt.Write(_buffer[Position..], value);
    }

    /// <summary>Writes a variable-length integer in two bytes, whatever its value; at most 16383.</summary>
    public void WriteVarInt2(int value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[Position..], (ushort)(value | 0x4000));
        Position += 2;
    }

    /// <summary>Writes a variable-length integer in four bytes, whatever its value; at most 2^30 - 1.</summary>
    public void WriteVarInt4(int value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_buffer[Position..], (uint)value | 0x8000_0000);
        Position += 4;
    }

    /// <summary>Writes 32 bits, most significant first.</summary>
    public void WriteUInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_buffer[Position..], value);
        Position += sizeof(uint);
    }

    /// <summary>Writes 64 bits, most significant first.</summary>
    public void WriteUInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(_buffer[Position..], value);
        Position += sizeof(ulong);
    }

    /// <summary>Copies bytes.</summary>
    public void WriteBytes(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer[Position..]);
        Position += bytes.Length;
    }

    /// <summary>Writes <paramref name="count"/> zero bytes.</summary>
    public void WriteZeros(int count)
    {
        _buffer.Slice(Position, count).Clear();
        Position += count;
    }

    /// <summary>Hands out the next <paramref name="count"/> bytes to be filled by the caller.</summary>
    public Span<byte> Take(int count)
    {
        var span = _buffer.Slice(Position, count);
        Position += count;
        return span;
    }
}
