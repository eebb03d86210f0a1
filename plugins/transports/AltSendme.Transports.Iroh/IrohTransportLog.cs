using System.Net;
using AltSendme.Abstractions;
using Microsoft.Extensions.Logging;

namespace AltSendme.Transports.Iroh;

/// <summary>What the transport logs; events 6001 to 6999. Peers by their short id, never anything that a peer said.</summary>
internal static partial class IrohTransportLog
{
    [LoggerMessage(6001, LogLevel.Debug, "Listening for QUIC on {EndPoint}")]
    public static partial void Listening(this ILogger logger, EndPoint endPoint);

    [LoggerMessage(6002, LogLevel.Debug, "No listening on {EndPoint}")]
    public static partial void ListeningRefused(this ILogger logger, EndPoint endPoint, Exception cause);

    [LoggerMessage(6003, LogLevel.Warning, "Turned {Peer} away: too many connections wait to be accepted")]
    public static partial void TooManyWaiting(this ILogger logger, string peer);

    [LoggerMessage(6004, LogLevel.Debug, "{Address} did not lead to {Peer}")]
    public static partial void AttemptFailed(this ILogger logger, EndpointAddress address, string peer, Exception cause);

    [LoggerMessage(6005, LogLevel.Debug, "Connection with {Peer} ended by {Initiator} with code {Code}")]
    public static partial void ConnectionEnded(this ILogger logger, string peer, CloseInitiator initiator, ulong code);

    [LoggerMessage(6006, LogLevel.Warning, "The system does not list its network addresses")]
    public static partial void AddressesUnknown(this ILogger logger, Exception cause);

    [LoggerMessage(6007, LogLevel.Debug, "The way to {Peer} now leads to {Address}")]
    public static partial void PathChanged(this ILogger logger, string peer, EndpointAddress address);

    [LoggerMessage(6008, LogLevel.Warning, "The relay at {Host} can't be used")]
    public static partial void RelayFailed(this ILogger logger, string host, Exception cause);

    [LoggerMessage(6009, LogLevel.Debug, "Seen from outside at {Address}")]
    public static partial void PublicAddressLearnt(this ILogger logger, EndPoint address);

    [LoggerMessage(6010, LogLevel.Debug, "The relay at {Host} did not tell the public address")]
    public static partial void PublicAddressUnknown(this ILogger logger, string host, Exception cause);
}
