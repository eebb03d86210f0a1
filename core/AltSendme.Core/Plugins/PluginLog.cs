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

    [LoggerMessage(1003, LogLevel.Warning, "Plugin {Plugin} did not end within {Seconds} seconds and was left behind")]
    public static partial void StopHangs(ILogger logger, string plugin, double seconds);

    [LoggerMessage(1004, LogLevel.Warning, "Plugin {Plugin} was ended, but something of it still runs or is still kept: a thread, a timer, an object. Its memory is given back when that ends, at the latest with this process")]
    public static partial void Remains(ILogger logger, string plugin);

    [LoggerMessage(1005, LogLevel.Warning, "A task of plugin {Plugin} failed and nobody looked")]
    public static partial void TaskFailed(ILogger logger, string plugin, Exception exception);

    [LoggerMessage(1006, LogLevel.Critical, "Plugin {Plugin} crashed on a thread of its own, which ends the process")]
    public static partial void Crashed(ILogger logger, string plugin, Exception exception);

    [LoggerMessage(1007, LogLevel.Information, "Plugin folders have changed: {Usable} of {Found} plugins can be used now")]
    public static partial void Refreshed(ILogger logger, int usable, int found);
}
