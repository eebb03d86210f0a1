using System.Net;
using System.Net.Sockets;

namespace AltSendme.Dns;

/// <summary>Data of <see cref="DnsType.A"/> and <see cref="DnsType.Aaaa"/>: an address.</summary>
/// <param name="Address">The address; its family fits the type.</param>
public sealed record DnsAddressData(IPAddress Address) : DnsData
{
    /// <summary>The record of an address, of the type that fits it.</summary>
    public static DnsRecord Record(DnsName name, IPAddress address, uint ttl)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new DnsRecord(name, address.AddressFamily == AddressFamily.InterNetwork ? DnsType.A : DnsType.Aaaa, ttl, new DnsAddressData(address));
    }

    internal override void Write(ref DnsWriter writer) => writer.Write(Address.GetAddressBytes());
}
