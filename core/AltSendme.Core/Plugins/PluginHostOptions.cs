using AltSendme.Core.Policy;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AltSendme.Core.Plugins;

/// <summary>What the plugin host hands on to plugins.</summary>
public sealed record PluginHostOptions
{
    /// <summary>Settings; a plugin sees its own section only.</summary>
    public required IConfiguration Configuration { get; init; }

    /// <summary>Folder of the program's state; plugins get folders of their own inside it.</summary>
    public required string StateFolder { get; init; }

    /// <summary>Makes loggers.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>What administrators allow; asked before a plugin is loaded.</summary>
    public PolicyDecisionPoint Policy { get; init; } = new(EffectivePolicy.None);

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
