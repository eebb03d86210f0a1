using System.Buffers.Binary;

namespace AltSendme.Dns;

/// <summary>Writes a message into a buffer of the greatest allowed size. What does not fit is remembered, not thrown; afterwards nothing is written any more.</summary>
internal ref struct DnsWriter(Span<byte> destination)
{
    // Pointers have 14 bits.
    private const int MaxPointer = 0x3FFF;
    private const int PointerKind = 0xC000;
    private readonly Span<byte> _destination = destination;

    // Where each name, and each end of a name, was written. Compared byte by byte, so that every name keeps its case.
    private readonly Dictionary<string, int> _written = new(StringComparer.Ordinal);

    public int Length { get; private set; }

    public bool HasOverflowed { get; private set; }

    public void WriteByte(byte value) => Write([value]);

    public void WriteUInt16(int value)
    {
        if (TryTake(sizeof(ushort), out var span))
            BinaryPrimitives.WriteUInt16BigEndian(span, (ushort)value);
    }

    public void WriteUInt32(uint value)
    {
        if (TryTake(sizeof(uint), out var span))
            BinaryPrimitives.WriteUInt32BigEndian(span, value);
    }

    public void Write(scoped ReadOnlySpan<byte> bytes)
    {
        if (TryTake(bytes.Length, out var span))
            bytes.CopyTo(span);
    }

    public readonly void SetUInt16(int position, int value)
    {
        if (!HasOverflowed)
            BinaryPrimitives.WriteUInt16BigEndian(_destination[position..], (ushort)value);
    }

    /// <summary>Writes a name with its end replaced by a pointer to where that end stands already.</summary>
    public void WriteName(DnsName name) => WriteName(name, maySharePart: true);

    /// <summary>Writes a name in full; others may point to it.</summary>
    public void WriteFullName(DnsName name) => WriteName(name, maySharePart: false);

    private void WriteName(DnsName name, bool maySharePart)
    {
        var wire = name.Wire.Span;
        for (; wire[0] != 0; wire = wire[(1 + wire[0])..])
        {
            var key = System.Text.Encoding.Latin1.GetString(wire);
            if (_written.TryGetValue(key, out var position) && maySharePart)
            {
                WriteUInt16(PointerKind | position);
                return;
            }

            if (Length <= MaxPointer)
                _written.TryAdd(key, Length);
            Write(wire[..(1 + wire[0])]);
        }

        WriteByte(0);
    }

    private bool TryTake(int length, out Span<byte> span)
    {
        span = default;
        HasOverflowed |= length > _destination.Length - Length;
        if (HasOverflowed)
            return false;
        span = _destination.Slice(Length, length);
        Length += length;
        return true;
    }
}
