using Microsoft.Extensions.Logging;

namespace AltSendme.Core.Plugins;

internal static partial class PluginLog
{
    [LoggerMessage(1000, LogLevel.Debug, "Started plugin {Plugin} {Version}")]
    public static partial void Started(ILogger logger, string plugin, string version);

    [LoggerMessage(1001, LogLevel.Warning, "Skipped plugin {Plugin}: {Reason}")]
    public static partial void Skipped(ILogger logger, string plugin, string reason);

    [LoggerMessage(1002, LogLevel.Debug, "Plugin {Plugin} failed while it ended")]
    public static partial void StopFailed(ILogger logger, string plugin, Exception exception);
}
