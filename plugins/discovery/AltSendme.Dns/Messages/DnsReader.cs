using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace AltSendme.Dns;

/// <summary>Reads forward through a message; only names may refer to what lies before (RFC 1035, section 4.1.4). Remembers the first fault.</summary>
internal ref struct DnsReader(ReadOnlySpan<byte> message)
{
    // A name has no more labels than this, so that more pointers lead nowhere.
    private const int MaxPointers = DnsName.MaxLength / 2;
    private const int KindMask = 0xC0;
    private const int PointerKind = 0xC0;
    private readonly ReadOnlySpan<byte> _message = message;

    public int Position { get; private set; }

    public DnsFault Fault { get; private set; }

    public readonly int Remaining => _message.Length - Position;

    public bool TryReadByte(out byte value)
    {
        value = 0;
        if (!TryReadBytes(1, out var bytes))
            return false;
        value = bytes[0];
        return true;
    }

    public bool TryReadUInt16(out ushort value)
    {
        var read = TryReadBytes(sizeof(ushort), out var bytes);
        value = read ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : (ushort)0;
        return read;
    }

    public bool TryReadUInt32(out uint value)
    {
        var read = TryReadBytes(sizeof(uint), out var bytes);
        value = read ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : 0;
        return read;
    }

    public bool TryReadBytes(int length, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (length > Remaining)
            return Fail(DnsFault.Truncated);
        value = _message.Slice(Position, length);
        Position += length;
        return true;
    }

    /// <summary>Reads a name. Each pointer must lead to before where the one in front of it led, so that following them ends.</summary>
    public bool TryReadName([NotNullWhen(true)] out DnsName? name)
    {
        name = null;
        var labels = new DnsNameBuilder();
        var at = Position;
        var earliest = Position;
        int? after = null;
        for (var pointers = 0; ;)
        {
            if (at >= _message.Length)
                return Fail(DnsFault.Truncated);
            int length = _message[at];
            if (length == 0)
            {
                Position = after ?? at + 1;
                return labels.TryFinish(out name) || Fail(DnsFault.NameTooLong);
            }

            if ((length & KindMask) == PointerKind)
            {
                if (at + 1 >= _message.Length)
                    return Fail(DnsFault.Truncated);
                var target = ((length & ~KindMask) << 8) | _message[at + 1];
                after ??= at + 2;
                if (target >= earliest || ++pointers > MaxPointers)
                    return Fail(DnsFault.LoopingName);
                at = earliest = target;
                continue;
            }

            if ((length & KindMask) != 0)
                return Fail(DnsFault.BadLabel);
            if (at + 1 + length > _message.Length)
                return Fail(DnsFault.Truncated);
            if (!labels.TryAddLabel(_message.Slice(at + 1, length)))
                return Fail(DnsFault.NameTooLong);
            at += 1 + length;
        }
    }

    public bool Fail(DnsFault fault)
    {
        if (Fault == DnsFault.None)
            Fault = fault;
        return false;
    }
}
