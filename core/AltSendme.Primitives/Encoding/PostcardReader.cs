using System.Text;

namespace AltSendme.Primitives.Encoding;

/// <summary>
/// Reads values in the postcard format (postcard 1.x wire format): numbers as LEB128, byte strings and texts with a length in front.
/// Foreign bytes never make it throw or allocate beyond what it was given.
/// </summary>
public ref struct PostcardReader(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private SpanReader _reader = new(bytes);

    /// <summary>What has not been read yet.</summary>
    public readonly ReadOnlySpan<byte> Remaining => _reader.Remaining;

    /// <summary>Reads one byte (postcard's u8, also the start of an option or a small enum).</summary>
    public bool TryReadByte(out byte value) => _reader.TryReadByte(out value);

    /// <summary>Reads a number of up to 64 bits; fails on more than ten bytes or on bits that do not fit.</summary>
    public bool TryReadVarUInt64(out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (!_reader.TryReadByte(out var next))
                return false;
            if (shift == 63 && next > 1)
                return false;
            value |= (ulong)(next & 0x7F) << shift;
            if ((next & 0x80) == 0)
                return true;
        }

        return false;
    }

    /// <summary>Reads a number of up to 16 bits, such as a port.</summary>
    public bool TryReadVarUInt16(out ushort value)
    {
        var read = TryReadVarUInt64(out var wide) && wide <= ushort.MaxValue;
        value = read ? (ushort)wide : (ushort)0;
        return read;
    }

    /// <summary>Reads a count or length and checks it against <paramref name="limit"/> before anybody sizes anything by it.</summary>
    public bool TryReadLength(int limit, out int value)
    {
        var read = TryReadVarUInt64(out var wide) && wide <= (ulong)limit;
        value = read ? (int)wide : 0;
        return read;
    }

    /// <summary>Reads bytes of a fixed length: arrays have no length in front.</summary>
    public bool TryReadFixed(int length, out ReadOnlySpan<byte> value) => _reader.TryReadBytes(length, out value);

    /// <summary>Reads bytes with their length in front, at most <paramref name="limit"/>.</summary>
    public bool TryReadBytes(int limit, out ReadOnlySpan<byte> value)
    {
        value = default;
        return TryReadLength(limit, out var length) && _reader.TryReadBytes(length, out value);
    }

    /// <summary>Reads a text of at most <paramref name="limit"/> bytes; invalid UTF-8 fails.</summary>
    public bool TryReadString(int limit, out string value)
    {
        value = "";
        if (!TryReadBytes(limit, out var utf8) || !System.Text.Unicode.Utf8.IsValid(utf8))
            return false;
        value = StrictUtf8.GetString(utf8);
        return true;
    }
}
