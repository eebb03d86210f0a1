using System.Diagnostics.CodeAnalysis;
using System.Net;
using AltSendme.Abstractions;

namespace AltSendme.DirectConnections.Dialing;

/// <summary>How a transport's socket addresses are written as endpoint addresses.</summary>
/// <param name="Scheme"><see cref="EndpointAddress.IpScheme"/> where the transport shares its port number with the others of a session; a scheme of its own where it can't.</param>
/// <param name="TransportName">The transport in messages for people, such as <c>TLS</c>.</param>
public sealed record AddressForm(string Scheme, string TransportName)
{
    /// <summary>Whether the port number serves all transports of a session.</summary>
    public bool SharesPort => Scheme == EndpointAddress.IpScheme;

    /// <summary>The address of a socket.</summary>
    public EndpointAddress Of(IPEndPoint endPoint)
    {
        var address = EndpointAddress.FromIp(endPoint);
        if (!SharesPort)
            EndpointAddress.TryCreate(Scheme, address.Text, out address);
        return address;
    }

    /// <summary>The socket of an address, if the address has this form.</summary>
    public bool TryRead(EndpointAddress address, [NotNullWhen(true)] out IPEndPoint? endPoint)
    {
        endPoint = null;
        return address.Scheme == Scheme && EndpointAddress.TryCreate(EndpointAddress.IpScheme, address.Text, out var ip) && ip.TryGetIp(out endPoint);
    }
}
