using System.Net.Security;
using System.Text;
using AltSendme.Abstractions;

namespace AltSendme.DirectConnections.Handshakes;

/// <summary>
/// Names of protocols in a transport's TLS: the application protocol behind a prefix that names the transport's protocol and its version, so that a later version can
/// be offered beside this one and no other server mistakes the connection for its own.
/// </summary>
/// <param name="prefix">The prefix, such as <c>altsendme-tls/1:</c>.</param>
public sealed class TransportAlpn(string prefix)
{
    /// <summary>The TLS name of <paramref name="protocol"/>.</summary>
    /// <exception cref="ArgumentException">The name is too long for TLS: 255 bytes with the prefix.</exception>
    public SslApplicationProtocol ToTls(Alpn protocol)
    {
        var name = prefix + protocol.Name;
        if (Encoding.UTF8.GetByteCount(name) > byte.MaxValue)
            throw new ArgumentException($"This transport can't carry a protocol name of more than {byte.MaxValue - prefix.Length} bytes.", nameof(protocol));
        return new SslApplicationProtocol(name);
    }
}
