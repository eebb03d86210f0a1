using System.Net;
using AltSendme.Abstractions;
using AltSendme.Discovery.Mdns.Links;
using AltSendme.Dns;

namespace AltSendme.Discovery.Mdns.Records;

/// <summary>Takes out of a response which endpoints it names. Service, text and addresses must stand in one message, as iroh and <see cref="Advertisement"/> send them.</summary>
internal static class SightingReader
{
    /// <summary>Endpoints that are taken from one message at most.</summary>
    public const int MaxEndpoints = 32;

    /// <summary>Ports and addresses that are taken of one endpoint at most.</summary>
    public const int MaxAddresses = 32;

    /// <summary>How long a sighting of iroh's holds: it gives its records no time at all and repeats them every second or two.</summary>
    public static readonly TimeSpan TimeToLiveOfIroh = TimeSpan.FromSeconds(5);

    /// <summary>Longest time for which a neighbour is believed.</summary>
    public static readonly TimeSpan MaxTimeToLive = TimeSpan.FromHours(1);

    private const ushort ClassMask = 0x7FFF;

    /// <summary>The sightings in a response.</summary>
    public static IReadOnlyList<Sighting> Read(DnsMessage response, ServiceNames names, LinkPort port, IPAddress source)
    {
        var records = response.Answers.Concat(response.Additionals).Where(static record => ((ushort)record.Class & ClassMask) == (ushort)DnsClass.In).ToArray();
        var hosts = records.Where(static record => record.Data is DnsAddressData).ToLookup(static record => record.Name);
        var sightings = new List<Sighting>();
        foreach (var instance in records.Where(static record => record.Type is DnsType.Srv or DnsType.Txt or DnsType.Ptr).GroupBy(static record => record.Data is DnsNameData pointed ? pointed.Target : record.Name))
        {
            if (sightings.Count == MaxEndpoints)
                break;
            if (names.TryReadId(instance.Key, out var id) && ReadOne(id, [.. instance], names, hosts, port, source) is { } sighting)
                sightings.Add(sighting);
        }

        return sightings;
    }

    private static Sighting? ReadOne(EndpointId id, DnsRecord[] records, ServiceNames names, ILookup<DnsName, DnsRecord> hosts, LinkPort port, IPAddress source)
    {
        // Only with the pointer, which iroh does not send, no time left is a goodbye.
        var pointer = Array.Find(records, record => record.Type == DnsType.Ptr && record.Name.Equals(names.Service));
        if (pointer is { Ttl: 0 })
            return new Sighting(id, source, [], TimeSpan.Zero);

        var addresses = new List<EndpointAddress>();
        var ttl = uint.MaxValue;
        foreach (var service in records.Where(static record => record.Data is DnsServiceData).Take(MaxAddresses))
        {
            var data = (DnsServiceData)service.Data;
            ttl = Math.Min(ttl, service.Ttl);
            foreach (var host in hosts[data.Target])
            {
                if (addresses.Count < MaxAddresses && Reachable(((DnsAddressData)host.Data).Address, port, source) is { } address && data.Port != 0)
                    addresses.Add(EndpointAddress.FromIp(new IPEndPoint(address, data.Port)));
            }
        }

        if (addresses.Count == 0)
            return null;
        if (records.Select(static record => record.Data).OfType<DnsTextData>().SelectMany(static text => text.Strings).Select(ReadRelay).FirstOrDefault(static relay => relay is not null) is { } found)
            addresses.Add(found);
        var holds = ttl == 0 ? TimeToLiveOfIroh : TimeSpan.FromSeconds(ttl);
        return new Sighting(id, source, [.. addresses.Distinct()], holds < MaxTimeToLive ? holds : MaxTimeToLive);
    }

    // Where somebody in the local network can be: no group, no loopback of another machine, and a link-local address on the link where it was named.
    private static IPAddress? Reachable(IPAddress address, LinkPort port, IPAddress source)
    {
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) || address.Equals(IPAddress.Broadcast) || address.IsIPv6Multicast || (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork && address.GetAddressBytes()[0] >= 224))
            return null;
        if (IPAddress.IsLoopback(address) && !IPAddress.IsLoopback(source))
            return null;
        return address.IsIPv6LinkLocal ? new IPAddress(address.GetAddressBytes(), port.Interface) : address;
    }

    private static EndpointAddress? ReadRelay(ReadOnlyMemory<byte> text)
    {
        var attribute = text.Span;
        return attribute.StartsWith("relay="u8) && System.Text.Unicode.Utf8.IsValid(attribute)
            && EndpointAddress.TryCreate(EndpointAddress.RelayScheme, System.Text.Encoding.UTF8.GetString(attribute["relay=".Length..]), out var relay) ? relay : null;
    }
}
