using System.Diagnostics.CodeAnalysis;

namespace AltSendme.Dns;

/// <summary>Data of <see cref="DnsType.Nsec"/>: the types of records that exist at a name, and no others do (RFC 4034, section 4.1). Multicast DNS uses it with the record's own name as the next one.</summary>
/// <param name="Next">The next name.</param>
/// <param name="Types">The types in ascending order.</param>
public sealed record DnsExistenceData(DnsName Next, IReadOnlyList<DnsType> Types) : DnsData
{
    private const int MaxBlockLength = 32;
    private const int TypesPerBlock = 256;

    /// <inheritdoc/>
    public bool Equals(DnsExistenceData? other) => other is not null && Next.Equals(other.Next) && Types.SequenceEqual(other.Types);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Next, Types.Count);

    internal override void Write(ref DnsWriter writer)
    {
        writer.WriteFullName(Next);
        Span<byte> bits = stackalloc byte[MaxBlockLength];
        foreach (var block in Types.Distinct().Order().GroupBy(static type => (int)type / TypesPerBlock))
        {
            bits.Clear();
            var length = 0;
            foreach (var type in block)
            {
                var number = (int)type % TypesPerBlock;
                bits[number / 8] |= (byte)(0x80 >> (number % 8));
                length = (number / 8) + 1;
            }

            writer.WriteByte((byte)block.Key);
            writer.WriteByte((byte)length);
            writer.Write(bits[..length]);
        }
    }

    internal static bool TryRead(ref DnsReader reader, int end, [NotNullWhen(true)] out DnsExistenceData? data)
    {
        data = null;
        if (!reader.TryReadName(out var next))
            return false;
        var types = new List<DnsType>();
        var previous = -1;
        while (reader.Position < end)
        {
            if (!reader.TryReadByte(out var block) || block <= previous || !reader.TryReadByte(out var length) || length is 0 or > MaxBlockLength
                || length > end - reader.Position || !reader.TryReadBytes(length, out var bits))
                return false;
            previous = block;
            for (var number = 0; number < bits.Length * 8; number++)
            {
                if ((bits[number / 8] & (0x80 >> (number % 8))) != 0)
                    types.Add((DnsType)((block * TypesPerBlock) + number));
            }
        }

        data = new DnsExistenceData(next, types);
        return true;
    }
}
