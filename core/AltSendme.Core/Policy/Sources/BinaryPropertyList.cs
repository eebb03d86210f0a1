using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using AltSendme.Core.Settings.Documents;

namespace AltSendme.Core.Policy.Sources;

/// <summary>
/// Reads a binary property list: <c>bplist00</c>, objects, a table of their places, a trailer of 32 bytes (Apple's CFBinaryPList.c describes it). Every place is checked before it is looked at, and the objects that are
/// read are counted, since one that is referred to twice is read twice.
/// </summary>
internal ref struct BinaryPropertyList
{
    private const int TrailerLength = 32;
    private const int MaxObjects = 1 << 16;

    private readonly ReadOnlySpan<byte> _bytes;
    private string? _fault;
    private int _offsetSize;
    private int _referenceSize;
    private ulong _objects;
    private ulong _table;
    private int _left = MaxObjects;

    public BinaryPropertyList(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
    }

    /// <summary>Whether bytes begin as a binary property list does.</summary>
    public static bool IsBinary(ReadOnlySpan<byte> bytes) => bytes.StartsWith("bplist00"u8);

    /// <summary>The list; <see langword="null"/> with a fault when it can't be read.</summary>
    public ConfigNode? Read(out ConfigFault fault)
    {
        var node = ReadTop();
        fault = node is null ? new ConfigFault("", $"it is no property list: {_fault ?? "it is damaged"}") : default;
        return node;
    }

    private ConfigNode? ReadTop()
    {
        if (_bytes.Length < 8 + TrailerLength)
            return null;
        var trailer = _bytes[^TrailerLength..];
        _offsetSize = trailer[6];
        _referenceSize = trailer[7];
        _objects = BinaryPrimitives.ReadUInt64BigEndian(trailer[8..]);
        var top = BinaryPrimitives.ReadUInt64BigEndian(trailer[16..]);
        _table = BinaryPrimitives.ReadUInt64BigEndian(trailer[24..]);
        var end = (ulong)(_bytes.Length - TrailerLength);
        if (_offsetSize is < 1 or > 8 || _referenceSize is < 1 or > 8 || _objects is 0 or > MaxObjects || _table > end || _objects * (ulong)_offsetSize > end - _table)
            return null;
        return ReadObject(top, PropertyList.MaxDepth);
    }

    private ConfigNode? ReadObject(ulong reference, int depth)
    {
        if (depth == 0 || _left-- == 0)
        {
            _fault = "it is nested too deeply, or too large";
            return null;
        }

        if (reference >= _objects)
            return null;
        var at = Number(_bytes.Slice((int)_table + ((int)reference * _offsetSize), _offsetSize));
        if (at < 8 || at >= _table)
            return null;
        var rest = _bytes[(int)at..(int)_table];
        var marker = rest[0];
        rest = rest[1..];
        if (marker is 0x08 or 0x09)
            return new ConfigNode(ConfigKind.Flag, marker == 0x09 ? "true" : "false");
        if (marker >> 4 == 0x1)
            return ReadInteger(marker & 0xF, rest);
        if (marker >> 4 is not (0x5 or 0x6 or 0xA or 0xD))
            return new ConfigNode(ConfigKind.Null);
        if (!TryReadCount(marker & 0xF, ref rest, out var count))
            return null;
        return (marker >> 4) switch
        {
            0x5 => count <= rest.Length ? new ConfigNode(ConfigKind.Text, Encoding.ASCII.GetString(rest[..count])) : null,
            0x6 => count <= rest.Length / 2 ? new ConfigNode(ConfigKind.Text, Encoding.BigEndianUnicode.GetString(rest[..(count * 2)])) : null,
            0xA => ReadArray(count, rest, depth),
            _ => ReadDictionary(count, rest, depth),
        };
    }

    private static ConfigNode? ReadInteger(int power, ReadOnlySpan<byte> rest)
    {
        if (power > 3 || rest.Length < 1 << power)
            return null;

        // Eight bytes are signed; fewer are not.
        return new ConfigNode(ConfigKind.Number, power == 3 ? BinaryPrimitives.ReadInt64BigEndian(rest).ToString(CultureInfo.InvariantCulture) : Number(rest[..(1 << power)]).ToString(CultureInfo.InvariantCulture));
    }

    private static bool TryReadCount(int low, ref ReadOnlySpan<byte> rest, out int count)
    {
        count = low;
        if (low != 0xF)
            return true;
        if (rest.IsEmpty || rest[0] >> 4 != 0x1 || (rest[0] & 0xF) > 3 || rest.Length < 1 + (1 << (rest[0] & 0xF)))
            return false;
        var length = 1 << (rest[0] & 0xF);
        var number = Number(rest.Slice(1, length));
        rest = rest[(1 + length)..];
        count = (int)Math.Min(number, int.MaxValue);
        return number <= int.MaxValue;
    }

    private ConfigNode? ReadArray(int count, ReadOnlySpan<byte> rest, int depth)
    {
        if (count > rest.Length / _referenceSize)
            return null;
        var items = new List<ConfigNode>();
        for (var i = 0; i < count; i++)
        {
            if (ReadObject(Number(rest.Slice(i * _referenceSize, _referenceSize)), depth - 1) is not { } item)
                return null;
            items.Add(item);
        }

        return new ConfigNode(ConfigKind.List) { Items = items };
    }

    private ConfigNode? ReadDictionary(int count, ReadOnlySpan<byte> rest, int depth)
    {
        if (count > rest.Length / _referenceSize / 2)
            return null;
        var members = new List<KeyValuePair<string, ConfigNode>>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < count; i++)
        {
            if (ReadObject(Number(rest.Slice(i * _referenceSize, _referenceSize)), depth - 1) is not { Kind: ConfigKind.Text } name
                || ReadObject(Number(rest.Slice((count + i) * _referenceSize, _referenceSize)), depth - 1) is not { } value)
                return null;
            if (!names.Add(name.Text))
            {
                _fault = $"{name.Text} stands there twice";
                return null;
            }

            members.Add(KeyValuePair.Create(name.Text, value));
        }

        return new ConfigNode(ConfigKind.Object) { Members = members };
    }

    private static ulong Number(ReadOnlySpan<byte> bytes)
    {
        var number = 0UL;
        foreach (var value in bytes)
            number = (number << 8) | value;
        return number;
    }
}
