using System.Buffers;

namespace AltSendme.Primitives.Encoding;

/// <summary>Writes values in the postcard format (see <see cref="PostcardReader"/>) into the caller's buffer.</summary>
public readonly struct PostcardWriter(IBufferWriter<byte> output)
{
    /// <summary>The longest encoding of a 64-bit number in bytes.</summary>
    public const int MaxVarIntLength = 10;

    /// <summary>Writes one byte.</summary>
    public void WriteByte(byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    /// <summary>Writes a number as LEB128.</summary>
    public void WriteVarUInt64(ulong value)
    {
        var span = output.GetSpan(MaxVarIntLength);
        var length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[length++] = (byte)value;
        output.Advance(length);
    }

    /// <summary>Writes bytes without a length in front (an array of fixed size).</summary>
    public void WriteFixed(ReadOnlySpan<byte> value) => output.Write(value);

    /// <summary>Writes bytes with their length in front.</summary>
    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteVarUInt64((ulong)value.Length);
        output.Write(value);
    }

    /// <summary>Writes a text as UTF-8 with its length in bytes in front.</summary>
    public void WriteString(string value)
    {
        var length = System.Text.Encoding.UTF8.GetByteCount(value);
        WriteVarUInt64((ulong)length);
        var span = output.GetSpan(length);
        System.Text.Encoding.UTF8.GetBytes(value, span);
        output.Advance(length);
    }
}
