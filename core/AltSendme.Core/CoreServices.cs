using AltSendme.Abstractions;
using AltSendme.Core.Discovery;
using AltSendme.Core.Paths;
using AltSendme.Core.Plugins;
using AltSendme.Core.Policy;
using AltSendme.Core.Policy.Sources;
using AltSendme.Core.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AltSendme.Core;

/// <summary>What every session needs: checked settings, the plugins that were found, logging and the clock. A program opens one and disposes it at its end.</summary>
public sealed class CoreServices : IAsyncDisposable
{
    private readonly PolicyWatch _watch;
    private readonly IReadOnlyList<(string Path, PluginOrigin Origin)> _pluginRoots;
    private PluginWatch? _pluginWatch;

    private CoreServices(AltSendmeSettings settings, LoadedSettings loaded, PluginHost plugins, IReadOnlyList<(string Path, PluginOrigin Origin)> pluginRoots, PolicyDecisionPoint policy, IReadOnlyList<IPolicySource> policySources, string stateFolder, ILoggerFactory loggerFactory, TimeProvider timeProvider)
    {
        Settings = settings;
        Plugins = plugins;
        _pluginRoots = pluginRoots;
        Policy = policy;
        StateFolder = stateFolder;
        LoggerFactory = loggerFactory;
        TimeProvider = timeProvider;
        Discovered = new DiscoveryCache(timeProvider);
        Loaded = loaded;
        SendRate = new RateLimit(() => RateLimit.Lower(settings.Limits.SendBytesPerSecond, policy.Policy.SendBytesPerSecond), timeProvider);
        ReceiveRate = new RateLimit(() => RateLimit.Lower(settings.Limits.ReceiveBytesPerSecond, policy.Policy.ReceiveBytesPerSecond), timeProvider);
        _watch = new PolicyWatch(policy, policySources, timeProvider);
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

    /// <summary>The settings with who set each.</summary>
    internal LoadedSettings Loaded { get; }

    /// <summary>How fast this process may send, all receivers together.</summary>
    internal RateLimit SendRate { get; }

    /// <summary>How fast this process may receive, from all senders together.</summary>
    internal RateLimit ReceiveRate { get; }

    /// <summary>Reads policy and settings, and looks for plugins; loads none. A policy that can't be used is no error here: then sessions are refused.</summary>
    /// <param name="files">Where settings and state are.</param>
    /// <param name="pluginRoots">Folders that hold plugin folders.</param>
    /// <param name="loggerFactory">Makes loggers; none by default.</param>
    /// <param name="timeProvider">The clock; the system's by default.</param>
    /// <param name="linked">Plugins that are part of the program itself.</param>
    /// <exception cref="SettingsException">The settings can't be used.</exception>
    public static CoreServices Open(
        SettingsFiles files, IReadOnlyList<(string Path, PluginOrigin Origin)> pluginRoots, ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null, IReadOnlyList<LoadedPlugin>? linked = null) =>
        Open(files, pluginRoots, PolicySources.Default(), null, loggerFactory, timeProvider, linked);

    /// <summary>The same with what stands on the command line, and with policy from elsewhere, which only tests do.</summary>
    /// <exception cref="PolicyException">The command line wants another value for a setting than the one that it is locked to.</exception>
    internal static CoreServices Open(
        SettingsFiles files, IReadOnlyList<(string Path, PluginOrigin Origin)> pluginRoots, IReadOnlyList<IPolicySource> policySources, SettingLayer? commandLine, ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null, IReadOnlyList<LoadedPlugin>? linked = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        var policy = new PolicyDecisionPoint(PolicyLoader.Load(policySources));
        var loaded = SettingsLoader.Load(files, policy.Policy, commandLine);
        foreach (var (key, value) in policy.Policy.Fault is null && commandLine is not null ? commandLine.Values : [])
            policy.JudgeSetting(key, value).ThrowIfDenied();
        var configuration = loaded.ToConfiguration();
        var settings = SettingsLoader.Bind(configuration);
        var loggers = loggerFactory ?? NullLoggerFactory.Instance;
        var clock = timeProvider ?? TimeProvider.System;
        var plugins = new PluginHost(PluginSearch.Find(pluginRoots), new PluginHostOptions { Configuration = configuration, StateFolder = files.StateFolder, LoggerFactory = loggers, TimeProvider = clock, Policy = policy }, linked);
        return new CoreServices(settings, loaded, plugins, pluginRoots, policy, policySources, files.StateFolder, loggers, clock);
    }

    /// <summary>The same plugins with the settings as they are now, for sessions that begin from here on. Plugins keep what they were started with. Not to be disposed beside this one, which owns the plugins.</summary>
    /// <exception cref="SettingsException">The settings can't be used.</exception>
    public CoreServices WithSettings(SettingsFiles files) => With(SettingsLoader.Load(files, Policy.Policy));

    // Policy is watched once, by the services that began.
    private CoreServices With(LoadedSettings loaded) => new(SettingsLoader.Bind(loaded.ToConfiguration()), loaded, Plugins, _pluginRoots, Policy, [], StateFolder, LoggerFactory, TimeProvider);

    /// <summary>From here on, plugins that are installed, replaced or removed are taken up while the program runs; sessions keep what they have until they end. For programs that run for long; asked for once.</summary>
    public void FollowPluginFolders() => _pluginWatch ??= new PluginWatch(Plugins, _pluginRoots, LoggerFactory.CreateLogger<PluginHost>(), TimeProvider);

    /// <summary>Ends the plugins.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_pluginWatch is not null)
            await _pluginWatch.DisposeAsync();
        await _watch.DisposeAsync();
        await Plugins.DisposeAsync();
    }
}
