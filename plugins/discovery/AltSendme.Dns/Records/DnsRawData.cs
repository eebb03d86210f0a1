namespace AltSendme.Dns;

/// <summary>Data as bytes, of a type that is not known here.</summary>
/// <param name="Bytes">The bytes.</param>
public sealed record DnsRawData(ReadOnlyMemory<byte> Bytes) : DnsData
{
    /// <inheritdoc/>
    public bool Equals(DnsRawData? other) => other is not null && Bytes.Span.SequenceEqual(other.Bytes.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes.Span);
        return hash.ToHashCode();
    }

    internal override void Write(ref DnsWriter writer) => writer.Write(Bytes.Span);
}
