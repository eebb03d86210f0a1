using System.Net;
using System.Net.Sockets;

namespace AltSendme.Core.Discovery;

/// <summary>Which addresses mean something on the local network only, or on this machine.</summary>
internal static class LocalNetwork
{
    private static readonly IPNetwork[] Ranges =
    [
        IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"),   // RFC 1918
        IPNetwork.Parse("169.254.0.0/16"),   // RFC 3927
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("fc00::/7"),   // RFC 4193
    ];

    public static bool Contains(IPAddress address) => address.IsIPv6LinkLocal || IPAddress.IsLoopback(address) || Ranges.Any(range => range.Contains(address));

    /// <summary>Whether nobody can be reached there, whoever says so: no address, groups, everybody.</summary>
    public static bool IsNobody(IPAddress address) =>
        address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) || address.Equals(IPAddress.Broadcast) || address.IsIPv6Multicast
        || (address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes()[0] is >= 224 or 0);
}
