using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace AltSendme.Discovery.Mdns.Links;

/// <summary>An interface of this machine, one family of addresses on it.</summary>
/// <param name="Name">The system's name.</param>
/// <param name="Port">Its number and the family.</param>
/// <param name="Addresses">Its addresses of the family, with the lengths of their prefixes.</param>
internal sealed record LinkInterface(string Name, LinkPort Port, IReadOnlyList<(IPAddress Address, int PrefixLength)> Addresses)
{
    /// <summary>Whether an address is that of a neighbour (RFC 6762, section 11). Routers may let multicast through, and iroh's packets do not carry the hop limit of 255 that would rule it out.</summary>
    public bool IsOnLink(IPAddress source) =>
        source.AddressFamily == Port.Family && (source.IsIPv6LinkLocal || Addresses.Any(own => HasPrefix(source, own.Address, own.PrefixLength)));

    /// <summary>The interfaces to use: those named, or every one that is up and knows multicast. Loopback only where there is no other, tunnels only by name: they lead out of the local network.</summary>
    /// <exception cref="NetworkInformationException">The system does not tell.</exception>
    public static IReadOnlyList<LinkInterface> Find(MdnsOptions options)
    {
        var up = NetworkInterface.GetAllNetworkInterfaces().Where(static network => network.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown).ToArray();
        var chosen = options.Interfaces.Count > 0
            ? up.Where(network => options.Interfaces.Contains(network.Name, StringComparer.OrdinalIgnoreCase)).ToArray()
            : up.Where(static network => network.SupportsMulticast && network.NetworkInterfaceType is not (NetworkInterfaceType.Loopback or NetworkInterfaceType.Tunnel or NetworkInterfaceType.Ppp)).ToArray();
        if (chosen.Length == 0 && options.Interfaces.Count == 0)
            chosen = [.. up.Where(static network => network.NetworkInterfaceType == NetworkInterfaceType.Loopback)];
        return
        [
            .. chosen.SelectMany(network => new[] { options.UseIPv4 ? Make(network, AddressFamily.InterNetwork) : null, options.UseIPv6 ? Make(network, AddressFamily.InterNetworkV6) : null })
                .Where(static found => found is not null).Select(static found => found!),
        ];
    }

    /// <inheritdoc/>
    public bool Equals(LinkInterface? other) => other is not null && Name == other.Name && Port == other.Port && Addresses.SequenceEqual(other.Addresses);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Port);

    private static LinkInterface? Make(NetworkInterface network, AddressFamily family)
    {
        var properties = network.GetIPProperties();
        var addresses = properties.UnicastAddresses.Where(unicast => unicast.Address.AddressFamily == family).Select(static unicast => (unicast.Address, unicast.PrefixLength)).ToArray();
        return addresses.Length > 0 && IndexOf(network, properties, family) is { } index ? new LinkInterface(network.Name, new LinkPort(index, family), addresses) : null;
    }

    private static int? IndexOf(NetworkInterface network, IPInterfaceProperties properties, AddressFamily family)
    {
        try
        {
            return !network.Supports(family == AddressFamily.InterNetwork ? NetworkInterfaceComponent.IPv4 : NetworkInterfaceComponent.IPv6) ? null
                : family == AddressFamily.InterNetwork ? properties.GetIPv4Properties().Index : properties.GetIPv6Properties().Index;
        }
        catch (NetworkInformationException)
        {
            // The interface went away meanwhile, or has this family switched off.
            return null;
        }
    }

    private static bool HasPrefix(IPAddress source, IPAddress own, int prefixLength)
    {
        Span<byte> left = stackalloc byte[16];
        Span<byte> right = stackalloc byte[16];
        if (!source.TryWriteBytes(left, out var length) || !own.TryWriteBytes(right, out _) || prefixLength < 0 || prefixLength > length * 8)
            return false;
        var whole = prefixLength / 8;
        var rest = prefixLength % 8;
        return left[..whole].SequenceEqual(right[..whole]) && (rest == 0 || ((left[whole] ^ right[whole]) >> (8 - rest)) == 0);
    }
}
