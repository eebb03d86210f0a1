using System.Net.Security;
using System.Text;
using AltSendme.Abstractions;

namespace AltSendme.Transports.Tls.Handshakes;

/// <summary>
/// Names of protocols in this transport's TLS: the application protocol behind a prefix that names the multiplexer and its version, so that a later version can
/// be offered beside this one and no other server mistakes the connection for its own.
/// </summary>
internal static class TransportAlpn
{
    private const string Prefix = "altsendme-tls/1:";

    /// <summary>The TLS name of <paramref name="protocol"/>.</summary>
    /// <exception cref="ArgumentException">The name is too long for TLS: 255 bytes with the prefix.</exception>
    public static SslApplicationProtocol ToTls(Alpn protocol)
    {
        var name = Prefix + protocol.Name;
        if (Encoding.UTF8.GetByteCount(name) > byte.MaxValue)
            throw new ArgumentException($"The TLS transport can't carry a protocol name of more than {byte.MaxValue - Prefix.Length} bytes.", nameof(protocol));
        return new SslApplicationProtocol(name);
    }
}
