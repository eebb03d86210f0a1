using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using AltSendme.Service.DBus.Native;

namespace AltSendme.Service.DBus.Values;

/// <summary>
/// Takes a message's values out of the library, within limits: bool, numbers, <see cref="double"/>, <see cref="string"/> (signatures too), <see cref="ObjectPath"/>, <see cref="Variant"/>, <c>string[]</c> for <c>as</c>,
/// <c>byte[]</c> for <c>ay</c>, <c>object[]</c> for other arrays and structures, and a dictionary where the keys are texts.
/// </summary>
internal unsafe ref struct MessageReader
{
    /// <summary>Values in a message at most, those within others too: six times the paths of the largest order.</summary>
    public const int MaxValues = 65_536;

    /// <summary>Bytes of one text at most.</summary>
    public const int MaxTextBytes = 256 << 10;

    /// <summary>Bytes of all texts of a message at most.</summary>
    public const int MaxTotalBytes = 32 << 20;

    private readonly nint _message;
    private int _values;
    private long _bytes;
    private string? _reason;

    private MessageReader(nint message) => _message = message;

    /// <summary>Reads all values.</summary>
    /// <param name="message">The message, at its beginning.</param>
    /// <param name="values">The values.</param>
    /// <param name="reason">Why they are not read, in words.</param>
    public static bool TryRead(nint message, [NotNullWhen(true)] out object[]? values, [NotNullWhen(false)] out string? reason)
    {
        var reader = new MessageReader(message);
        values = reader.ReadRest();
        reason = reader._reason;
        if (values is not null)
            return true;
        reason ??= "The message can't be read.";
        return false;
    }

    private object[]? ReadRest()
    {
        var values = new List<object>();
        while (true)
        {
            var found = SdBus.PeekType(_message, out var type, out var contents);
            if (found == 0)
                return [.. values];
            if (found < 0 || Read((char)type, Text(contents)) is not { } value)
                return null;
            values.Add(value);
        }
    }

    private object? Read(char type, string contents)
    {
        if (++_values > MaxValues)
            return Refuse($"A message holds more than {MaxValues} values.");
        return type switch
        {
            'y' => Number<byte>(type),
            'b' => Number<int>(type) is { } flag ? (int)flag != 0 : null,
            'n' => Number<short>(type),
            'q' => Number<ushort>(type),
            'i' => Number<int>(type),
            'u' => Number<uint>(type),
            'x' => Number<long>(type),
            't' => Number<ulong>(type),
            'd' => Number<double>(type),
            's' or 'g' => ReadText(type),
            'o' => ReadText(type) is { } path ? new ObjectPath(path) : null,
            'v' => ReadVariant(contents),
            'a' when contents.StartsWith('{') => ReadDictionary(contents),
            'a' => ReadArray(contents),
            'r' => Within(type, contents),
            _ => Refuse("A message holds a value of a kind that is of no use here."),
        };
    }

    private object? Number<T>(char type)
        where T : unmanaged
    {
        T value;
        return SdBus.ReadBasic(_message, (byte)type, &value) > 0 ? value : null;
    }

    private string? ReadText(char type)
    {
        byte* start;
        if (SdBus.ReadBasic(_message, (byte)type, &start) <= 0)
            return null;
        var bytes = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(start);
        _bytes += bytes.Length;
        if (bytes.Length > MaxTextBytes || _bytes > MaxTotalBytes)
            return (string?)Refuse($"A message holds a text of more than {MaxTextBytes} bytes, or too many texts.");
        return Encoding.UTF8.GetString(bytes);
    }

    private Variant? ReadVariant(string contents) => Within('v', contents) is [var value] ? new Variant(contents, value) : default(Variant?);

    private object? ReadArray(string contents)
    {
        if (Within('a', contents) is not { } values)
            return null;
        return contents switch
        {
            "s" => values.Cast<string>().ToArray(),
            "y" => values.Cast<byte>().ToArray(),
            _ => values,
        };
    }

    private object? ReadDictionary(string contents)
    {
        if (contents[1] != 's')
            return Refuse("A message holds a dictionary whose keys are not texts.");
        if (SdBus.EnterContainer(_message, (byte)'a', contents) <= 0)
            return null;
        var dictionary = new Dictionary<string, object>(StringComparer.Ordinal);
        while (SdBus.PeekType(_message, out _, out _) > 0)
        {
            if (++_values > MaxValues)
                return Refuse($"A message holds more than {MaxValues} values.");
            if (Within('e', contents[1..^1]) is not [string key, var value])
                return null;
            dictionary[key] = value;
        }

        return SdBus.ExitContainer(_message) > 0 ? dictionary : null;
    }

    private object[]? Within(char type, string contents)
    {
        if (SdBus.EnterContainer(_message, (byte)type, contents) <= 0)
            return null;
        var values = ReadRest();
        return values is not null && SdBus.ExitContainer(_message) > 0 ? values : null;
    }

    private object? Refuse(string reason)
    {
        _reason ??= reason;
        return null;
    }

    private static string Text(nint text) => Marshal.PtrToStringUTF8(text) ?? "";
}
