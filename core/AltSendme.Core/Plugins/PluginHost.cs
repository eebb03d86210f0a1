using AltSendme.Abstractions;
using AltSendme.Core.Plugins.Trust;
using Microsoft.Extensions.Logging;

namespace AltSendme.Core.Plugins;

/// <summary>
/// Loads plugins when they are first wanted, starts each once, and disposes them at the end. A faulty plugin is reported in <see cref="Faults"/> and skipped; it never takes the host down.
/// May be used from any thread.
/// </summary>
public sealed class PluginHost : IAsyncDisposable
{
    /// <summary>How long each call into a plugin may take: its constructors together, its start, its end.</summary>
    public static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(10);

    private readonly PluginHostOptions _options;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _gate = new(1, 1);

    // By path of the folder; a plugin that failed is remembered by nothing, so that it is not tried again.
    private readonly Dictionary<string, (RunningPlugin? Running, string Fingerprint)> _started = new(StringComparer.Ordinal);
    private readonly List<(string Path, PluginException Fault)> _faults = [];
    private readonly IReadOnlyList<LoadedPlugin> _linked;
    private readonly PluginFaultWatch _watch;
    private readonly RetiredPlugins _retired = new();
    private volatile IReadOnlyList<PluginFolder> _folders;

    /// <summary>Makes a host for plugins that were found. Loads none of them yet.</summary>
    /// <param name="folders">What <see cref="PluginSearch"/> found.</param>
    /// <param name="options">What is handed on.</param>
    /// <param name="linked">Plugins that are part of the program that embeds the core, started already; they come first, and the program ends them.</param>
    public PluginHost(IReadOnlyList<PluginFolder> folders, PluginHostOptions options, IReadOnlyList<LoadedPlugin>? linked = null)
    {
        ArgumentNullException.ThrowIfNull(folders);
        ArgumentNullException.ThrowIfNull(options);
        _folders = folders;
        _options = options;
        _linked = linked ?? [];
        _logger = options.LoggerFactory.CreateLogger<PluginHost>();
        _watch = new PluginFaultWatch(_logger);
    }

    /// <summary>Everything that was found, usable or not.</summary>
    public IReadOnlyList<PluginFolder> Folders => _folders;

    /// <summary>Plugins that failed when they were loaded or started, so far.</summary>
    public IReadOnlyList<PluginException> Faults
    {
        get
        {
            // The lock guards the moment of the copy.
            lock (_faults)
                return [.. _faults.Select(static entry => entry.Fault)];
        }
    }

    /// <summary>What says that it is of one kind and can be used, in the order of use. Starts none.</summary>
    public IReadOnlyList<PluginManifest> ManifestsOf(PluginKind kind) =>
        [.. _linked.Select(static plugin => plugin.Manifest).Concat(Folders.Where(static folder => folder.IsUsable).Select(static folder => folder.Manifest!)).Where(manifest => manifest.Kind == kind)];

    /// <summary>The plugins of one kind, started. Those that can't be used are left out and stand in <see cref="Faults"/>.</summary>
    public ValueTask<IReadOnlyList<LoadedPlugin>> StartAsync(PluginKind kind, CancellationToken cancellationToken = default) => StartAsync(kind, static _ => true, cancellationToken);

    /// <summary>Those plugins of one kind that are wanted, started; the others are not even loaded.</summary>
    public async ValueTask<IReadOnlyList<LoadedPlugin>> StartAsync(PluginKind kind, Predicate<PluginManifest> wanted, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var plugins = _linked.Where(plugin => plugin.Manifest.Kind == kind && wanted(plugin.Manifest)).ToList();
            foreach (var folder in _folders)
            {
                if (!folder.IsUsable || folder.Manifest.Kind != kind || !wanted(folder.Manifest))
                    continue;
                if (!_started.TryGetValue(folder.Path, out var entry))
                {
                    var fingerprint = Fingerprint(folder);
                    _started[folder.Path] = entry = (await TryStartAsync(folder, cancellationToken), fingerprint);
                }

                if (entry.Running?.Loaded is { } loaded)
                    plugins.Add(loaded);
            }

            return plugins;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Takes what was found anew. A plugin of others whose folder is gone or has other files is retired: what stands there now is loaded when it is next wanted, and the old one is ended and its code let go of as soon as
    /// no session holds it. So a plugin can be replaced while the program runs. Built-in plugins stay as they are.
    /// </summary>
    /// <param name="folders">What <see cref="PluginSearch"/> finds now.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Ids of plugins that were ended and of which something still runs: a thread, a timer, an object that somebody keeps. The log names them too. Nothing waits for them.</returns>
    public async ValueTask<IReadOnlyList<string>> RefreshAsync(IReadOnlyList<PluginFolder> folders, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(folders);
        var replaced = new List<RunningPlugin>();
        await _gate.WaitAsync(cancellationToken);
        try
        {
            foreach (var folder in _folders)
            {
                if (folder.Origin == PluginOrigin.BuiltIn || !_started.TryGetValue(folder.Path, out var entry) || (entry.Fingerprint == Fingerprint(folder) && folders.Any(found => IsSame(found, folder))))
                    continue;
                _started.Remove(folder.Path);
                lock (_faults)
                    _faults.RemoveAll(fault => fault.Path == folder.Path);
                if (entry.Running is not null)
                    replaced.Add(entry.Running);
            }

            _folders = folders;
        }
        finally
        {
            _gate.Release();
        }

        _retired.Retire(replaced);
        replaced.Clear();
        return await EndUnusedAsync(cancellationToken);
    }

    /// <summary>Ends the plugins that were retired and that no session holds any more.</summary>
    /// <returns>As <see cref="RefreshAsync"/>.</returns>
    internal async ValueTask<IReadOnlyList<string>> EndUnusedAsync(CancellationToken cancellationToken = default)
    {
        if (_retired.IsEmpty)
            return [];
        var ended = new List<(string Name, WeakReference Context)>();
        await EndAsync(_retired.TakeUnused(), ended);
        return await UnloadWatch.RemainingAsync(ended, _logger, _options.TimeProvider, cancellationToken);
    }

    /// <summary>A session begins: what it gets from here on stays usable until it disposes the lease, whatever happens to the plugin's folder.</summary>
    internal PluginLease Lease() => _retired.Lease();

    /// <summary>Ends all plugins that were started; waits at most <see cref="CallLimit"/> for each.</summary>
    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync();
        try
        {
            await EndAsync([.. _started.Values.Select(static entry => entry.Running).OfType<RunningPlugin>(), .. _retired.TakeAll()], []);
            _started.Clear();
            _watch.Dispose();
        }
        finally
        {
            _gate.Release();
        }
    }

    // Apart from its callers, so that none of their frames keeps a plugin's code alive.
    private static async Task EndAsync(IReadOnlyList<RunningPlugin> plugins, List<(string Name, WeakReference Context)> ended)
    {
        foreach (var plugin in plugins)
        {
            if (await plugin.StopAsync() is { } context)
                ended.Add((plugin.Folder.Name, context));
        }
    }

    private async Task<RunningPlugin?> TryStartAsync(PluginFolder folder, CancellationToken cancellationToken)
    {
        try
        {
            var running = await RunningPlugin.StartAsync(folder, _options, _logger, cancellationToken);
            PluginLog.Started(_logger, folder.Manifest!.Id, folder.Manifest.Version);
            return running;
        }
        catch (PluginException exception)
        {
            PluginLog.Skipped(_logger, folder.Name, exception.Message);
            lock (_faults)
                _faults.Add((folder.Path, exception));
            return null;
        }
    }

    private static bool IsSame(PluginFolder found, PluginFolder folder) => found.Path == folder.Path && found.IsUsable && found.ManifestBytes.Span.SequenceEqual(folder.ManifestBytes.Span);

    private static string Fingerprint(PluginFolder folder) => folder.Origin == PluginOrigin.BuiltIn ? "" : PluginFiles.Fingerprint(folder.Path);
}
