using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace AltSendme.Discovery.Mdns;

/// <summary>What the plugin logs; events 8101 to 8199. Peers by their short id, never addresses.</summary>
internal static partial class MdnsLog
{
    [LoggerMessage(8101, LogLevel.Debug, "Speaking to the local network on {Interface}, {Family}")]
    public static partial void Joined(this ILogger logger, string @interface, AddressFamily family);

    [LoggerMessage(8102, LogLevel.Debug, "Not speaking to the local network on {Interface}, {Family}: {Reason}")]
    public static partial void NotJoined(this ILogger logger, string @interface, AddressFamily family, string reason);

    [LoggerMessage(8103, LogLevel.Debug, "{Family} can't be used for the local network: {Reason}")]
    public static partial void FamilyUnusable(this ILogger logger, AddressFamily family, string reason);

    [LoggerMessage(8104, LogLevel.Debug, "The system does not list its interfaces: {Reason}")]
    public static partial void InterfacesUnknown(this ILogger logger, string reason);

    [LoggerMessage(8105, LogLevel.Trace, "A message to the local network was not sent on {Interface}: {Reason}")]
    public static partial void NotSent(this ILogger logger, string @interface, string reason);

    [LoggerMessage(8106, LogLevel.Debug, "The local network names {Addresses} addresses of {Peer}")]
    public static partial void Sighted(this ILogger logger, string peer, int addresses);

    [LoggerMessage(8107, LogLevel.Debug, "Receiving from the local network failed: {Reason}")]
    public static partial void ReceiveFailed(this ILogger logger, string reason);
}
