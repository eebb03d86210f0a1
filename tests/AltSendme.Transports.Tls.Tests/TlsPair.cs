using System.Net;
using AltSendme.Abstractions;
using AltSendme.Plugins.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AltSendme.Transports.Tls.Tests;

/// <summary>Transports and pairs of them over TLS.</summary>
internal static class TlsPair
{
    public static TlsTransport Transport(IEndpointIdentity identity, TimeProvider? time = null) =>
        new(new EndpointContext(identity, null!), time ?? TimeProvider.System, NullLogger.Instance);

    public static Task<TransportPair> StartAsync(TimeProvider? time = null) => TransportPair.StartAsync(identity => Transport(identity, time), IPAddress.Loopback);
}
