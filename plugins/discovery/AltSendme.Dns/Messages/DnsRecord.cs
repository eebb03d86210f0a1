namespace AltSendme.Dns;

/// <summary>A resource record (RFC 1035, section 4.1.3).</summary>
/// <param name="Name">Whose it is.</param>
/// <param name="Type">What kind of data it has.</param>
/// <param name="Ttl">For how many seconds it may be kept. Values above 2^31 - 1 count as 0 (RFC 2181, section 8) and are read as such, except in <see cref="DnsType.Opt"/>, which has other things there.</param>
/// <param name="Data">Its data.</param>
public sealed record DnsRecord(DnsName Name, DnsType Type, uint Ttl, DnsData Data)
{
    /// <summary>The class: of multicast records with the bit that asks for other copies to be forgotten, of <see cref="DnsType.Opt"/> the size of datagrams that the sender takes.</summary>
    public DnsClass Class { get; init; } = DnsClass.In;

    /// <summary>The record that says how long a datagram its sender takes (RFC 6891, section 6.1.2).</summary>
    public static DnsRecord Edns(ushort payloadSize) => new(DnsName.Root, DnsType.Opt, 0, new DnsRawData(ReadOnlyMemory<byte>.Empty)) { Class = (DnsClass)payloadSize };
}
