using AltSendme.Abstractions;
using AltSendme.Quic.Paths;

namespace AltSendme.Transports.Iroh.Sockets;

/// <summary>
/// Keeps datagrams from and to addresses that the host does not allow off the socket. Everything passes here, also what QUIC and discovery messages find by themselves; relays are judged by the host where they are opened.
/// </summary>
internal sealed class AddressGate(EndpointContext context)
{
    /// <summary>Whether every address may be used now.</summary>
    public bool IsOpen => context.MayUseAll();

    /// <summary>Whether datagrams may be exchanged with an address now.</summary>
    public bool Passes(in NetworkAddress address) => address.Kind == AddressKind.Opaque || context.MayUse(EndpointAddress.FromIp(address.ToIPEndPoint()));
}
