using Microsoft.Extensions.Logging;

namespace AltSendme.Discovery.Dns;

/// <summary>What the plugin logs; events 8001 to 8099. Peers by their short id, never addresses.</summary>
internal static partial class DnsDiscoveryLog
{
    [LoggerMessage(8001, LogLevel.Debug, "DNS knows {Relays} relays and {Addresses} addresses of {Peer}, for {TimeToLive}")]
    public static partial void Answered(this ILogger logger, string peer, int relays, int addresses, TimeSpan timeToLive);
}
