namespace AltSendme.Dns;

/// <summary>Data of <see cref="DnsType.Srv"/>: where a service is (RFC 2782).</summary>
/// <param name="Priority">Lower is tried first.</param>
/// <param name="Weight">How often to choose it among equals.</param>
/// <param name="Port">Its port.</param>
/// <param name="Target">The name of its host.</param>
public sealed record DnsServiceData(ushort Priority, ushort Weight, ushort Port, DnsName Target) : DnsData
{
    internal override void Write(ref DnsWriter writer)
    {
        writer.WriteUInt16(Priority);
        writer.WriteUInt16(Weight);
        writer.WriteUInt16(Port);

        // Old readers look into no record that they do not know, so that it must stand for itself (RFC 2782).
        writer.WriteFullName(Target);
    }
}
