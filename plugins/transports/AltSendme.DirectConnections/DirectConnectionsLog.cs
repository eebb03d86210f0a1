using System.Net;
using Microsoft.Extensions.Logging;

namespace AltSendme.DirectConnections;

/// <summary>What is logged for every transport that shares this code, into the transport's own log; events 5006 and 5008. Peers by their short id.</summary>
internal static partial class DirectConnectionsLog
{
    [LoggerMessage(5006, LogLevel.Debug, "{EndPoint} did not lead to {Peer}")]
    public static partial void AttemptFailed(this ILogger logger, EndPoint endPoint, string peer, Exception cause);

    [LoggerMessage(5008, LogLevel.Warning, "The system does not list its network addresses")]
    public static partial void AddressesUnknown(this ILogger logger, Exception cause);
}
