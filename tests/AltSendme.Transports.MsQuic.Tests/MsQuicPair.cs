using System.Net;
using AltSendme.Abstractions;
using AltSendme.Plugins.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AltSendme.Transports.MsQuic.Tests;

/// <summary>Transports and pairs of them over the platform's QUIC.</summary>
internal static class MsQuicPair
{
    /// <summary>A stream's window, both pipes, and what MsQuic buffers of what leaves.</summary>
    public const int UnreadLimit = 8 << 20;

    public static MsQuicTransport Transport(IEndpointIdentity identity, Func<EndpointAddress, bool>? mayUse = null) =>
        new(new EndpointContext(identity, null!) { MayUse = mayUse ?? (static _ => true) }, 0, TimeProvider.System, NullLogger.Instance);

    public static Task<TransportPair> StartAsync() => TransportPair.StartAsync(static identity => Transport(identity), IPAddress.Loopback, MsQuicTransport.Form.Of);
}
