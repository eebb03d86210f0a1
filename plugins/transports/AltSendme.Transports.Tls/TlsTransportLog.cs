using System.Net;
using AltSendme.Abstractions;
using Microsoft.Extensions.Logging;

namespace AltSendme.Transports.Tls;

/// <summary>What the transport logs; events 5001 to 5999; 5006 and 5008 are in the code that transports share. Peers by their short id, never anything that a peer said.</summary>
internal static partial class TlsTransportLog
{
    [LoggerMessage(5001, LogLevel.Debug, "Listening for TLS on {EndPoint}")]
    public static partial void Listening(this ILogger logger, EndPoint endPoint);

    [LoggerMessage(5002, LogLevel.Debug, "No listening on {EndPoint}")]
    public static partial void ListeningRefused(this ILogger logger, EndPoint endPoint, Exception cause);

    [LoggerMessage(5003, LogLevel.Debug, "Turned a caller away before it was authenticated")]
    public static partial void HandshakeFailed(this ILogger logger, Exception cause);

    [LoggerMessage(5004, LogLevel.Warning, "The system refuses to accept connections; trying again in {Pause}")]
    public static partial void AcceptFailed(this ILogger logger, TimeSpan pause, Exception cause);

    [LoggerMessage(5005, LogLevel.Warning, "Turned {Peer} away: too many connections wait to be accepted")]
    public static partial void TooManyWaiting(this ILogger logger, string peer);

    [LoggerMessage(5007, LogLevel.Debug, "Connection with {Peer} ended by {Initiator} with code {Code}")]
    public static partial void ConnectionEnded(this ILogger logger, string peer, CloseInitiator initiator, ulong code, Exception? cause);
}
