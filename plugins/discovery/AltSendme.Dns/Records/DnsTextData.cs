using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AltSendme.Dns;

/// <summary>Data of <see cref="DnsType.Txt"/>: strings of at most 255 bytes each (RFC 1035, section 3.3.14).</summary>
public sealed record DnsTextData : DnsData
{
    /// <summary>Bytes of the longest string.</summary>
    public const int MaxStringLength = 255;

    /// <summary>Makes data of strings.</summary>
    /// <exception cref="ArgumentException">One is longer than <see cref="MaxStringLength"/>.</exception>
    public DnsTextData(IReadOnlyList<ReadOnlyMemory<byte>> strings)
    {
        ArgumentNullException.ThrowIfNull(strings);
        foreach (var value in strings)
        {
            if (value.Length > MaxStringLength)
                throw new ArgumentException($"A string of a TXT record has at most {MaxStringLength} bytes, not {value.Length}.", nameof(strings));
        }

        Strings = strings;
    }

    /// <summary>The strings. A record has at least one; data without any is written as one empty string (RFC 6763, section 6.1).</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Strings { get; }

    /// <summary>Makes data of texts, each of which is a string of its own.</summary>
    /// <exception cref="ArgumentException">One is longer than <see cref="MaxStringLength"/> as UTF-8.</exception>
    public static DnsTextData Of(params IEnumerable<string> texts) => new([.. texts.Select(static text => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text))]);

    /// <summary>Makes data of a text of any length, cut into strings where they are full.</summary>
    public static DnsTextData Split(string text) =>
        new([.. Encoding.UTF8.GetBytes(text).Chunk(MaxStringLength).Select(static part => (ReadOnlyMemory<byte>)part)]);

    /// <summary>The strings put together, when they are UTF-8: what is longer than one string was cut into several.</summary>
    public bool TryGetText([NotNullWhen(true)] out string? text)
    {
        text = null;
        var bytes = new byte[Strings.Sum(static value => value.Length)];
        var position = 0;
        foreach (var value in Strings)
        {
            value.CopyTo(bytes.AsMemory(position));
            position += value.Length;
        }

        if (!System.Text.Unicode.Utf8.IsValid(bytes))
            return false;
        text = Encoding.UTF8.GetString(bytes);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(DnsTextData? other)
    {
        if (other is null || other.Strings.Count != Strings.Count)
            return false;
        for (var i = 0; i < Strings.Count; i++)
        {
            if (!Strings[i].Span.SequenceEqual(other.Strings[i].Span))
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var value in Strings)
            hash.AddBytes(value.Span);
        return hash.ToHashCode();
    }

    internal override void Write(ref DnsWriter writer)
    {
        if (Strings.Count == 0)
            writer.WriteByte(0);
        foreach (var value in Strings)
        {
            writer.WriteByte((byte)value.Length);
            writer.Write(value.Span);
        }
    }

    internal static bool TryRead(ref DnsReader reader, int end, [NotNullWhen(true)] out DnsTextData? data)
    {
        data = null;
        var strings = new List<ReadOnlyMemory<byte>>();
        while (reader.Position < end)
        {
            if (!reader.TryReadByte(out var length) || length > end - reader.Position || !reader.TryReadBytes(length, out var value))
                return false;
            strings.Add(value.ToArray());
        }

        data = new DnsTextData(strings);
        return true;
    }
}
