using System.Globalization;
using System.Text;
using AltSendme.Abstractions;
using AltSendme.Dns;
using AltSendme.Primitives.Encoding;

namespace AltSendme.Discovery.Mdns.Records;

/// <summary>
/// The names of a service in the local network (RFC 6763, section 4). As iroh has them: the service <c>_irohv1._udp.local</c>, an instance the endpoint's id in base32, and for each of its ports a host
/// <c>ID-PORT.local</c>.
/// </summary>
internal sealed class ServiceNames
{
    private static readonly DnsName Local = DnsName.Parse("local");

    public ServiceNames(string service) => Service = DnsName.Parse($"_{service}._udp.local");

    /// <summary>What is asked for.</summary>
    public DnsName Service { get; }

    /// <summary>The name of an endpoint's records.</summary>
    public DnsName InstanceOf(EndpointId id) => Under(Service, Base32.Encode(id.ToArray()));

    /// <summary>The name that leads to the addresses with one port.</summary>
    public static DnsName HostOf(EndpointId id, int port) => Under(Local, string.Create(CultureInfo.InvariantCulture, $"{Base32.Encode(id.ToArray())}-{port}"));

    /// <summary>Whose records a name has.</summary>
    public bool TryReadId(DnsName instance, out EndpointId id)
    {
        id = default;
        if (!instance.Parent.Equals(Service) || !Base32.TryDecode(Encoding.Latin1.GetString(instance.FirstLabel), out var bytes) || bytes.Length != EndpointId.Length)
            return false;
        id = new EndpointId(bytes);
        return true;
    }

    // Neither an id nor a port can make a name too long.
    private static DnsName Under(DnsName parent, string label) => parent.TryPrepend(Encoding.ASCII.GetBytes(label), out var name) ? name : throw new InvalidOperationException($"{label} is too long for a label.");
}
