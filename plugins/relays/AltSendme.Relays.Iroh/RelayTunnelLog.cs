using Microsoft.Extensions.Logging;

namespace AltSendme.Relays.Iroh;

/// <summary>What the plugin logs; events 6001 to 6999. Never a token, and peers not at all.</summary>
internal static partial class RelayTunnelLog
{
    [LoggerMessage(6001, LogLevel.Debug, "Connected to the relay {Host}")]
    public static partial void Connected(this ILogger logger, string host);

    [LoggerMessage(6002, LogLevel.Debug, "Lost the relay {Host}: {Reason}; trying again in {Pause}")]
    public static partial void Lost(this ILogger logger, string host, string reason, TimeSpan pause);

    [LoggerMessage(6003, LogLevel.Information, "The relay {Host} refused: {Reason}")]
    public static partial void Refused(this ILogger logger, string host, string reason);
}
