using AltSendme.Core.Discovery;
using AltSendme.Core.Plugins;
using AltSendme.Core.Policy;
using AltSendme.Core.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AltSendme.Core;

/// <summary>What every session needs: checked settings, the plugins that were found, logging and the clock. A program opens one and disposes it at its end.</summary>
public sealed class CoreServices : IAsyncDisposable
{
    private CoreServices(AltSendmeSettings settings, PluginHost plugins, PolicyDecisionPoint policy, string stateFolder, ILoggerFactory loggerFactory, TimeProvider timeProvider)
    {
        Settings = settings;
        Plugins = plugins;
        Policy = policy;
        StateFolder = stateFolder;
        LoggerFactory = loggerFactory;
        TimeProvider = timeProvider;
        Discovered = new DiscoveryCache(timeProvider);
    }

    /// <summary>The settings in force.</summary>
    public AltSendmeSettings Settings { get; }

    /// <summary>The plugins.</summary>
    public PluginHost Plugins { get; }

    /// <summary>What administrators allow.</summary>
    public PolicyDecisionPoint Policy { get; }

    /// <summary>What the program keeps between runs; may not exist yet.</summary>
    public string StateFolder { get; }

    /// <summary>Makes loggers.</summary>
    public ILoggerFactory LoggerFactory { get; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>What discovery services said of others.</summary>
    internal DiscoveryCache Discovered { get; }

    /// <summary>Reads settings and looks for plugins; loads none.</summary>
    /// <param name="files">Where settings and state are.</param>
    /// <param name="pluginRoots">Folders that hold plugin folders.</param>
    /// <param name="loggerFactory">Makes loggers; none by default.</param>
    /// <param name="timeProvider">The clock; the system's by default.</param>
    /// <param name="linked">Plugins that are part of the program itself.</param>
    /// <exception cref="SettingsException">The settings can't be used.</exception>
    public static CoreServices Open(
        SettingsFiles files, IReadOnlyList<(string Path, PluginOrigin Origin)> pluginRoots, ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null, IReadOnlyList<LoadedPlugin>? linked = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        var configuration = SettingsLoader.Read(files);
        var settings = SettingsLoader.Bind(configuration);
        var loggers = loggerFactory ?? NullLoggerFactory.Instance;
        var clock = timeProvider ?? TimeProvider.System;
        var policy = new PolicyDecisionPoint(EffectivePolicy.None);
        var plugins = new PluginHost(PluginSearch.Find(pluginRoots), new PluginHostOptions { Configuration = configuration, StateFolder = files.StateFolder, LoggerFactory = loggers, TimeProvider = clock, Policy = policy }, linked);
        return new CoreServices(settings, plugins, policy, files.StateFolder, loggers, clock);
    }

    /// <summary>The same plugins with the settings as they are now, for sessions that begin from here on. Plugins keep what they were started with. Not to be disposed beside this one, which owns the plugins.</summary>
    /// <exception cref="SettingsException">The settings can't be used.</exception>
    public CoreServices WithSettings(SettingsFiles files) => new(SettingsLoader.Bind(SettingsLoader.Read(files)), Plugins, Policy, StateFolder, LoggerFactory, TimeProvider);

    /// <summary>Ends the plugins.</summary>
    public ValueTask DisposeAsync() => Plugins.DisposeAsync();
}
