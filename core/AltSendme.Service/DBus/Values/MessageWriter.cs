using System.Text;
using AltSendme.Service.DBus.Native;

namespace AltSendme.Service.DBus.Values;

/// <summary>Puts values into a message: the kinds that <see cref="MessageReader"/> gives, by a signature of ours.</summary>
internal readonly unsafe struct MessageWriter(nint message)
{
    private const int StackBytes = 512;

    /// <summary>Appends one value for each complete type.</summary>
    /// <exception cref="ArgumentException">A value is not what the signature says: a fault of ours.</exception>
    public void Write(ReadOnlySpan<char> signature, IReadOnlyList<object> values)
    {
        var next = 0;
        while (!signature.IsEmpty)
        {
            var length = Signature.FirstLength(signature);
            WriteOne(signature[..length], values[next++]);
            signature = signature[length..];
        }

        if (next != values.Count)
            throw new ArgumentException("There are more values than the signature has types.", nameof(values));
    }

    private void WriteOne(ReadOnlySpan<char> type, object value)
    {
        switch (type[0])
        {
            case 'y': Number(type[0], (byte)value); break;
            case 'b': Number(type[0], (bool)value ? 1 : 0); break;
            case 'n': Number(type[0], (short)value); break;
            case 'q': Number(type[0], (ushort)value); break;
            case 'i': Number(type[0], (int)value); break;
            case 'u': Number(type[0], (uint)value); break;
            case 'x': Number(type[0], (long)value); break;
            case 't': Number(type[0], (ulong)value); break;
            case 'd': Number(type[0], (double)value); break;
            case 's' or 'g': WriteText(type[0], (string)value); break;
            case 'o': WriteText(type[0], ((ObjectPath)value).Value); break;
            case 'v': WriteVariant((Variant)value); break;
            case '(': WriteStructure(type[1..^1], (object[])value); break;
            default: WriteArray(type[1..], value); break;
        }
    }

    private void WriteArray(ReadOnlySpan<char> element, object value)
    {
        Check(SdBus.OpenContainer(message, (byte)'a', element.ToString()));
        if (value is IReadOnlyDictionary<string, Variant> dictionary)
        {
            foreach (var (key, item) in dictionary)
            {
                Check(SdBus.OpenContainer(message, (byte)'e', element[1..^1].ToString()));
                WriteText('s', key);
                WriteVariant(item);
                Check(SdBus.CloseContainer(message));
            }
        }
        else
        {
            foreach (var item in (System.Collections.IEnumerable)value)
                WriteOne(element, item!);
        }

        Check(SdBus.CloseContainer(message));
    }

    private void WriteStructure(ReadOnlySpan<char> contents, object[] values)
    {
        Check(SdBus.OpenContainer(message, (byte)'r', contents.ToString()));
        Write(contents, values);
        Check(SdBus.CloseContainer(message));
    }

    private void WriteVariant(Variant value)
    {
        Check(SdBus.OpenContainer(message, (byte)'v', value.Signature));
        WriteOne(value.Signature, value.Value);
        Check(SdBus.CloseContainer(message));
    }

    /// <summary>Texts on the bus hold no NUL and no lone surrogate; both are replaced, since no text of ours has a reason to hold them.</summary>
    private void WriteText(char type, string value)
    {
        var text = value.Replace('\0', '\uFFFD');
        var length = Encoding.UTF8.GetByteCount(text);
        Span<byte> bytes = length < StackBytes ? stackalloc byte[StackBytes] : new byte[length + 1];
        bytes[Encoding.UTF8.GetBytes(text, bytes)] = 0;
        fixed (byte* start = bytes)
            Check(SdBus.AppendBasic(message, (byte)type, start));
    }

    private void Number<T>(char type, T value)
        where T : unmanaged => Check(SdBus.AppendBasic(message, (byte)type, &value));

    private static void Check(int result)
    {
        if (result < 0)
            throw new ArgumentException($"A value can't be put into a message (errno {-result}).");
    }
}
