using System.Buffers.Binary;

namespace AltSendme.Quic.Tls.Wire;

/// <summary>Writes handshake messages into one growing buffer; lengths of vectors are filled in when they end.</summary>
internal sealed class HandshakeWriter
{
    private byte[] _buffer = new byte[512];

    /// <summary>Bytes written so far; also the position of what is written next.</summary>
    public int Length { get; private set; }

    /// <summary>Everything from <paramref name="start"/> on. Valid until the next write.</summary>
    public ReadOnlyMemory<byte> WrittenFrom(int start) => _buffer.AsMemory(start, Length - start);

    /// <summary>Forgets what was written.</summary>
    public void Clear() => Length = 0;

    /// <summary>Appends one byte.</summary>
    public void WriteByte(byte value) => Reserve(1)[0] = value;

    /// <summary>Appends two bytes, most significant first.</summary>
    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Reserve(sizeof(ushort)), value);

    /// <summary>Appends bytes.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    /// <summary>Appends room for <paramref name="length"/> bytes and returns it. Valid until the next write.</summary>
    public Span<byte> Reserve(int length)
    {
        if (_buffer.Length - Length < length)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + length));
        var room = _buffer.AsSpan(Length, length);
        Length += length;
        return room;
    }

    /// <summary>Begins a message or the body of an extension: what <see cref="EndVector"/> wants back.</summary>
    public VectorMark BeginVector(int lengthBytes)
    {
        Reserve(lengthBytes);
        return new VectorMark(Length, lengthBytes);
    }

    /// <summary>Begins a handshake message.</summary>
    public VectorMark BeginMessage(HandshakeType type)
    {
        WriteByte((byte)type);
        return BeginVector(3);
    }

    /// <summary>Begins an extension.</summary>
    public VectorMark BeginExtension(ExtensionType type)
    {
        WriteUInt16((ushort)type);
        return BeginVector(sizeof(ushort));
    }

    /// <summary>Fills in the length of what was begun with <paramref name="mark"/>.</summary>
    /// <exception cref="InvalidOperationException">The content is longer than its length can say.</exception>
    public void EndVector(VectorMark mark)
    {
        var length = Length - mark.Start;
        if (length >> (8 * mark.LengthBytes) != 0)
            throw new InvalidOperationException($"A vector of {length} bytes does not fit a length of {mark.LengthBytes} bytes.");
        for (var i = 1; i <= mark.LengthBytes; i++, length >>= 8)
            _buffer[mark.Start - i] = (byte)length;
    }

    /// <summary>Appends a whole vector.</summary>
    public void WriteVector(int lengthBytes, ReadOnlySpan<byte> content)
    {
        var mark = BeginVector(lengthBytes);
        WriteBytes(content);
        EndVector(mark);
    }

    /// <summary>Where a vector's content begins and how many bytes its length has.</summary>
    internal readonly record struct VectorMark(int Start, int LengthBytes);
}
