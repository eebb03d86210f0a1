using Microsoft.Extensions.Logging;

namespace AltSendme.Core.Discovery;

/// <summary>What is logged of discovery; events 1100 to 1199. Peers by their short id, addresses not at all.</summary>
internal static partial class DiscoveryLog
{
    [LoggerMessage(1100, LogLevel.Debug, "{Service} knows {Count} addresses of {Peer}")]
    public static partial void Resolved(this ILogger logger, string service, int count, string peer);

    [LoggerMessage(1101, LogLevel.Debug, "{Service} could not say where {Peer} is: {Reason}")]
    public static partial void ResolveFailed(this ILogger logger, string service, string peer, string reason);

    [LoggerMessage(1102, LogLevel.Debug, "{Service} announces {Count} addresses of this side")]
    public static partial void Announced(this ILogger logger, string service, int count);

    [LoggerMessage(1103, LogLevel.Warning, "{Service} does not announce this side: {Reason}")]
    public static partial void AnnounceFailed(this ILogger logger, string service, string reason);

    [LoggerMessage(1104, LogLevel.Debug, "{Service} failed while it ended")]
    public static partial void EndFailed(this ILogger logger, string service, Exception exception);

    [LoggerMessage(1105, LogLevel.Warning, "The discovery {Service} is left out: {Reason}")]
    public static partial void LeftOut(this ILogger logger, string service, string reason);
}
