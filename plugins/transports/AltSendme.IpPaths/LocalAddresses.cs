using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace AltSendme.IpPaths;

/// <summary>Turns what is listened on into the addresses at which others can try: those of every interface that is up, loopback only where there is nothing else.</summary>
public static class LocalAddresses
{
    /// <summary>Addresses that are reported at most.</summary>
    public const int MaxReported = 64;

    /// <summary>The addresses to report.</summary>
    /// <param name="listening">What is listened on.</param>
    /// <param name="interfaces">The addresses of the interfaces that are up.</param>
    public static IReadOnlyList<IPEndPoint> Report(IReadOnlyList<IPEndPoint> listening, IReadOnlyList<IPAddress> interfaces)
    {
        var all = listening
            .SelectMany(endPoint => IsWildcard(endPoint.Address)
                ? interfaces.Where(address => address.AddressFamily == endPoint.AddressFamily).Select(address => new IPEndPoint(address, endPoint.Port))
                : [endPoint])
            .Where(endPoint => IsUseful(endPoint.Address))
            .Distinct()
            .ToArray();
        var others = all.Where(endPoint => !IPAddress.IsLoopback(endPoint.Address)).ToArray();
        return [.. (others.Length > 0 ? others : all).Take(MaxReported)];
    }

    /// <summary>The addresses of all interfaces that are up.</summary>
    /// <exception cref="NetworkInformationException">The system does not tell.</exception>
    public static IReadOnlyList<IPAddress> OfInterfaces() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown)   // Linux calls loopback and tunnels unknown
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address),
    ];

    private static bool IsWildcard(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    /// <summary>Link-local IPv6 addresses need the number of an interface, which is another one on each machine.</summary>
    private static bool IsUseful(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork
        ? !IsWildcard(address)
        : address is { IsIPv6LinkLocal: false, IsIPv6Multicast: false, IsIPv4MappedToIPv6: false } && !IsWildcard(address);
}
