using Microsoft.Extensions.Logging;

namespace AltSendme.Relays.Broker;

/// <summary>What the plugin logs. Never a token, and peers not at all.</summary>
internal static partial class BrokerLog
{
    [LoggerMessage(1, LogLevel.Debug, "Connected to the broker {Host}")]
    public static partial void Connected(this ILogger logger, string host);

    [LoggerMessage(2, LogLevel.Debug, "Lost the broker {Host}: {Reason}; trying again in {Pause} at most")]
    public static partial void Lost(this ILogger logger, string host, string reason, TimeSpan pause);

    [LoggerMessage(3, LogLevel.Information, "The broker {Host} is not used: {Reason}")]
    public static partial void Refused(this ILogger logger, string host, string reason);
}
