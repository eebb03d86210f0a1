using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace AltSendme.Abstractions;

/// <summary>What the host hands to a plugin. A plugin reads no file or environment variable of the host's.</summary>
public interface IPluginContext
{
    /// <summary>The plugin's own section of the settings, <c>Plugins:ID</c>.</summary>
    IConfigurationSection Configuration { get; }

    /// <summary>Makes loggers. Tickets, keys, tokens and file names are never logged; peers by their short id.</summary>
    ILoggerFactory LoggerFactory { get; }

    /// <summary>The clock. Timeouts and delays use it, so that tests can move time.</summary>
    TimeProvider TimeProvider { get; }

    /// <summary>A folder of the plugin's own for what it wants to keep; it exists and only the user may read it.</summary>
    string StateFolder { get; }
}
