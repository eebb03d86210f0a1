using AltSendme.Abstractions;
using Microsoft.Extensions.Logging;

namespace AltSendme.Core.Plugins;

/// <summary>
/// Loads plugins when they are first wanted, starts each once, and disposes them at the end. A faulty plugin is reported in <see cref="Faults"/> and skipped; it never takes the host down.
/// May be used from any thread.
/// </summary>
public sealed class PluginHost : IAsyncDisposable
{
    /// <summary>How long a plugin may take to start or to end.</summary>
    public static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(10);

    private readonly PluginHostOptions _options;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<PluginFolder, LoadedPlugin?> _started = [];
    private readonly List<(PluginFolder Folder, IPlugin Plugin)> _running = [];
    private readonly List<PluginException> _faults = [];
    private readonly IReadOnlyList<LoadedPlugin> _linked;

    /// <summary>Makes a host for plugins that were found. Loads none of them yet.</summary>
    /// <param name="folders">What <see cref="PluginSearch"/> found.</param>
    /// <param name="options">What is handed on.</param>
    /// <param name="linked">Plugins that are part of the program that embeds the core, started already; they come first, and the program ends them.</param>
    public PluginHost(IReadOnlyList<PluginFolder> folders, PluginHostOptions options, IReadOnlyList<LoadedPlugin>? linked = null)
    {
        ArgumentNullException.ThrowIfNull(folders);
        ArgumentNullException.ThrowIfNull(options);
        Folders = folders;
        _options = options;
        _linked = linked ?? [];
        _logger = options.LoggerFactory.CreateLogger<PluginHost>();
    }

    /// <summary>Everything that was found, usable or not.</summary>
    public IReadOnlyList<PluginFolder> Folders { get; }

    /// <summary>Plugins that failed when they were loaded or started, so far.</summary>
    public IReadOnlyList<PluginException> Faults
    {
        get
        {
            // The list is only ever appended to; the lock guards the moment of the copy.
            lock (_faults)
                return [.. _faults];
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
            foreach (var folder in Folders)
            {
                if (!folder.IsUsable || folder.Manifest.Kind != kind || !wanted(folder.Manifest))
                    continue;
                if (!_started.TryGetValue(folder, out var plugin))
                    _started[folder] = plugin = await TryStartAsync(folder, cancellationToken);
                if (plugin is not null)
                    plugins.Add(plugin);
            }

            return plugins;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Ends all plugins that were started; waits at most <see cref="CallLimit"/> for each.</summary>
    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync();
        try
        {
            foreach (var (folder, plugin) in _running)
                await StopAsync(folder, plugin);
            _running.Clear();
            _started.Clear();
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<LoadedPlugin?> TryStartAsync(PluginFolder folder, CancellationToken cancellationToken)
    {
        try
        {
            var plugin = PluginLoader.Load(folder);
            _running.Add((folder, plugin));
            var offer = await StartAsync(folder, plugin, cancellationToken);
            PluginLog.Started(_logger, folder.Manifest!.Id, folder.Manifest.Version);
            return new LoadedPlugin(folder.Manifest, offer);
        }
        catch (PluginException exception)
        {
            PluginLog.Skipped(_logger, folder.Name, exception.Message);
            lock (_faults)
                _faults.Add(exception);
            return null;
        }
    }

    private async Task<PluginOffer> StartAsync(PluginFolder folder, IPlugin plugin, CancellationToken cancellationToken)
    {
        var context = new PluginContext(
            _options.Configuration.GetSection($"Plugins:{folder.Manifest!.Id}"), _options.LoggerFactory, _options.TimeProvider, Path.Combine(_options.StateFolder, "plugin-state", folder.Manifest.Id));
        try
        {
            // On the thread pool, so that a plugin that blocks instead of awaiting is given up too.
            var offer = await Task.Run(() => plugin.StartAsync(context, cancellationToken).AsTask(), cancellationToken).WaitAsync(CallLimit, _options.TimeProvider, cancellationToken);
            return Offers(offer, folder.Manifest.Kind) ? offer : throw PluginLoader.Fault(folder, $"it offers no {folder.Manifest.Kind.ToString().ToLowerInvariant()}, though its manifest says so");
        }
        catch (TimeoutException exception)
        {
            throw PluginLoader.Fault(folder, $"it did not start within {CallLimit.TotalSeconds:0} seconds", exception);
        }
        catch (Exception exception) when (exception is not PluginException && !(exception is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            throw PluginLoader.Fault(folder, $"it failed to start: {PluginLoader.Reason(exception)}", exception);
        }
    }

    private static bool Offers(PluginOffer? offer, PluginKind kind) => kind switch
    {
        PluginKind.Transport => offer?.Transport is not null,
        PluginKind.Discovery => offer?.Discovery is not null,
        _ => offer?.Relay is not null,
    };

    private async Task StopAsync(PluginFolder folder, IPlugin plugin)
    {
        try
        {
            await plugin.DisposeAsync().AsTask().WaitAsync(CallLimit, _options.TimeProvider);
        }
        catch (Exception exception)
        {
            // A plugin's last words change nothing any more; they are worth a line in the log.
            PluginLog.StopFailed(_logger, folder.Name, exception);
        }
    }
}
