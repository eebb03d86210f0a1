using System.Net.Sockets;

namespace AltSendme.Discovery.Mdns.Links;

/// <summary>One family of addresses on one interface: what is one link to multicast DNS.</summary>
/// <param name="Interface">The system's number of the interface.</param>
/// <param name="Family">IPv4 or IPv6.</param>
internal readonly record struct LinkPort(int Interface, AddressFamily Family);
