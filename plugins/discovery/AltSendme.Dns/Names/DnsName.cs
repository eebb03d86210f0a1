using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AltSendme.Dns;

/// <summary>
/// A domain name: labels of 1 to 63 bytes, at most 255 bytes with their lengths (RFC 1035, section 3.1; RFC 2181, section 11). Names compare without regard to the case of ASCII letters and keep the case
/// that they were given.
/// </summary>
public sealed class DnsName : IEquatable<DnsName>
{
    /// <summary>Bytes of the longest label.</summary>
    public const int MaxLabelLength = 63;

    /// <summary>Bytes of the longest name as it stands in a message without compression, the final zero included.</summary>
    public const int MaxLength = 255;

    private readonly byte[] _wire;

    internal DnsName(byte[] wire) => _wire = wire;

    /// <summary>The name without labels.</summary>
    public static DnsName Root { get; } = new([0]);

    /// <summary>The name as it stands in a message without compression.</summary>
    public ReadOnlyMemory<byte> Wire => _wire;

    /// <summary>Whether this is <see cref="Root"/>.</summary>
    public bool IsRoot => _wire.Length == 1;

    /// <summary>The first label; empty for the root.</summary>
    public ReadOnlySpan<byte> FirstLabel => _wire.AsSpan(1, _wire[0]);

    /// <summary>The name without its first label; the root's parent is the root.</summary>
    public DnsName Parent => IsRoot ? this : new DnsName(_wire[(1 + _wire[0])..]);

    /// <summary>Reads text: labels between dots, a final dot allowed; <c>\.</c> and <c>\DDD</c> stand for single bytes (RFC 1035, section 5.1). Other characters count as UTF-8.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DnsName? name)
    {
        name = null;
        if (text == ".")
        {
            name = Root;
            return true;
        }

        // More characters than this can't make a name, even if each byte were escaped.
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength * 4)
            return false;
        var labels = new DnsNameBuilder();
        var utf8 = Encoding.UTF8.GetBytes(text);
        for (var position = 0; position < utf8.Length; position++)
        {
            var value = utf8[position];
            var done = value switch
            {
                (byte)'.' => labels.TryEndLabel(),
                (byte)'\\' => TryReadEscape(utf8, ref position, out value) && labels.TryAdd(value),
                _ => labels.TryAdd(value),
            };
            if (!done)
                return false;
        }

        return labels.TryFinish(out name);
    }

    /// <summary>Reads text that is known to be a name.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static DnsName Parse(string text) => TryParse(text, out var name) ? name : throw new FormatException($"'{text}' is no domain name.");

    /// <summary>This name with a label in front; fails when the label or the name would be too long, or the label empty.</summary>
    public bool TryPrepend(ReadOnlySpan<byte> label, [NotNullWhen(true)] out DnsName? name)
    {
        name = null;
        if (label.Length is 0 or > MaxLabelLength || label.Length + 1 + _wire.Length > MaxLength)
            return false;
        name = new DnsName([(byte)label.Length, .. label, .. _wire]);
        return true;
    }

    /// <summary>Whether this name is <paramref name="ancestor"/> or lies below it.</summary>
    public bool IsWithin(DnsName ancestor)
    {
        ArgumentNullException.ThrowIfNull(ancestor);
        for (var start = 0; _wire.Length - start >= ancestor._wire.Length; start += 1 + _wire[start])
        {
            if (SameBytes(_wire.AsSpan(start), ancestor._wire))
                return true;
            if (_wire[start] == 0)
                return false;
        }

        return false;
    }

    /// <inheritdoc/>
    public bool Equals(DnsName? other) => other is not null && SameBytes(_wire, other._wire);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DnsName);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var value in _wire)
            hash.Add(Lower(value));
        return hash.ToHashCode();
    }

    /// <summary>Labels between dots, without a final dot; bytes that are no printable ASCII, dots and backslashes are escaped. The root is a dot.</summary>
    public override string ToString()
    {
        if (IsRoot)
            return ".";
        var text = new StringBuilder(_wire.Length);
        for (var start = 0; _wire[start] != 0; start += 1 + _wire[start])
        {
            if (start > 0)
                text.Append('.');
            foreach (var value in _wire.AsSpan(start + 1, _wire[start]))
            {
                if (value is (byte)'.' or (byte)'\\')
                    text.Append('\\').Append((char)value);
                else if (value is > 0x20 and < 0x7F)
                    text.Append((char)value);
                else
                    text.Append('\\').Append(value.ToString("D3", System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return text.ToString();
    }

    private static bool TryReadEscape(ReadOnlySpan<byte> utf8, ref int position, out byte value)
    {
        value = 0;
        if (position + 1 >= utf8.Length)
            return false;
        if (!char.IsAsciiDigit((char)utf8[position + 1]))
        {
            value = utf8[++position];
            return true;
        }

        if (position + 3 >= utf8.Length || !byte.TryParse(utf8.Slice(position + 1, 3), System.Globalization.NumberStyles.None, null, out value))
            return false;
        position += 3;
        return true;
    }

    private static bool SameBytes(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length)
            return false;
        for (var i = 0; i < left.Length; i++)
        {
            if (Lower(left[i]) != Lower(right[i]))
                return false;
        }

        return true;
    }

    // The lengths of labels are below every letter, so that they stay what they are.
    private static byte Lower(byte value) => value is >= (byte)'A' and <= (byte)'Z' ? (byte)(value | 0x20) : value;
}
