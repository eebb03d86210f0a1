using System.Net;
using System.Text;
using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tls.Extensions;

/// <summary>server_name (RFC 6066, section 3): the one DNS name that is asked for.</summary>
internal static class HostName
{
    private const byte DnsHostName = 0;

    /// <summary>Appends the extension; nothing for an IP address, which may not stand in it.</summary>
    public static void Write(HandshakeWriter writer, string host)
    {
        if (IPAddress.TryParse(host, out _))
            return;
        var extension = writer.BeginExtension(ExtensionType.ServerName);
        var list = writer.BeginVector(sizeof(ushort));
        writer.WriteByte(DnsHostName);
        writer.WriteVector(sizeof(ushort), Encoding.ASCII.GetBytes(host));
        writer.EndVector(list);
        writer.EndVector(extension);
    }
}
