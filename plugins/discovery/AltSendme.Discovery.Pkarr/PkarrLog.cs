using Microsoft.Extensions.Logging;

namespace AltSendme.Discovery.Pkarr;

/// <summary>What the plugin logs; events 8001 to 8099. Peers by their short id, addresses not at all.</summary>
internal static partial class PkarrLog
{
    [LoggerMessage(8001, LogLevel.Debug, "{Host} has the packet of this side")]
    public static partial void Published(this ILogger logger, string host);

    [LoggerMessage(8002, LogLevel.Debug, "{Host} did not take the packet of this side: {Reason}; trying again in {Pause}")]
    public static partial void PublishFailed(this ILogger logger, string host, string reason, TimeSpan pause);

    [LoggerMessage(8003, LogLevel.Debug, "{Host} did not answer where {Peer} is: {Reason}")]
    public static partial void ResolveFailed(this ILogger logger, string host, string peer, string reason);

    [LoggerMessage(8004, LogLevel.Warning, "{Host} gave a packet of {Peer} that was refused: {Reason}")]
    public static partial void PacketRefused(this ILogger logger, string host, string peer, string reason);

    [LoggerMessage(8005, LogLevel.Debug, "The packet of this side stays at {Host} until it is forgotten there: {Reason}")]
    public static partial void WithdrawFailed(this ILogger logger, string host, string reason);
}
