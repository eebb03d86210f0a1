namespace AltSendme.Dns;

/// <summary>Data of <see cref="DnsType.Ptr"/>, <see cref="DnsType.Cname"/> and <see cref="DnsType.Ns"/>: a name.</summary>
/// <param name="Target">The name.</param>
public sealed record DnsNameData(DnsName Target) : DnsData
{
    internal override void Write(ref DnsWriter writer) => writer.WriteName(Target);
}
