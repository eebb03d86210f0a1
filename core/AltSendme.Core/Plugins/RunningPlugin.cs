using System.Runtime.CompilerServices;
using AltSendme.Abstractions;
using Microsoft.Extensions.Logging;

namespace AltSendme.Core.Plugins;

/// <summary>A plugin from its first line of code to its last. Each call into it has a limit, and what it throws is named; the host owns it.</summary>
internal sealed class RunningPlugin
{
    private readonly PluginFolder _folder;
    private readonly PluginHostOptions _options;
    private readonly ILogger _logger;
    private IPlugin? _plugin;
    private PluginLoadContext? _context;

    private RunningPlugin(PluginFolder folder, PluginHostOptions options, ILogger logger)
    {
        _folder = folder;
        _options = options;
        _logger = logger;
    }

    public PluginFolder Folder => _folder;

    /// <summary>What it offers; set while it runs.</summary>
    public LoadedPlugin? Loaded { get; private set; }

    /// <summary>Loads and starts a plugin. One that fails on the way is ended again.</summary>
    /// <exception cref="PluginException">It can't be used; the message says why.</exception>
    public static async Task<RunningPlugin> StartAsync(PluginFolder folder, PluginHostOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var running = new RunningPlugin(folder, options, logger);
        try
        {
            await running.LoadAsync(cancellationToken);
            running.Loaded = new LoadedPlugin(folder.Manifest!, await running.OfferAsync(cancellationToken));
            return running;
        }
        catch
        {
            await running.StopAsync();
            throw;
        }
    }

    /// <summary>Ends the plugin and lets go of its code. Never throws.</summary>
    /// <returns>What remains of its context while something of the plugin is still alive; <see langword="null"/> where code is never unloaded.</returns>
    public async Task<WeakReference?> StopAsync()
    {
        Loaded = null;
        if (_plugin is not null)
            await DisposePluginAsync();
        return Unload();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            // On the thread pool, so that a constructor that never returns is given up too.
            (_plugin, _context) = await Task.Run(() => PluginLoader.Load(_folder, _options), cancellationToken).WaitAsync(PluginHost.CallLimit, _options.TimeProvider, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw PluginLoader.Fault(_folder, $"its constructor or static constructor did not return within {PluginHost.CallLimit.TotalSeconds:0} seconds", exception);
        }
    }

    private async Task<PluginOffer> OfferAsync(CancellationToken cancellationToken)
    {
        var manifest = _folder.Manifest!;
        var context = new PluginContext(
            _options.Configuration.GetSection($"Plugins:{manifest.Id}"), _options.LoggerFactory, _options.TimeProvider, Path.Combine(_options.StateFolder, "plugin-state", manifest.Id));
        try
        {
            var offer = await Task.Run(() => _plugin!.StartAsync(context, cancellationToken).AsTask(), cancellationToken).WaitAsync(PluginHost.CallLimit, _options.TimeProvider, cancellationToken);
            return Offers(offer, manifest.Kind) ? offer : throw PluginLoader.Fault(_folder, $"it offers no {manifest.Kind.ToString().ToLowerInvariant()}, though its manifest says so");
        }
        catch (TimeoutException exception)
        {
            throw PluginLoader.Fault(_folder, $"it did not start within {PluginHost.CallLimit.TotalSeconds:0} seconds", exception);
        }
        catch (Exception exception) when (exception is not PluginException && !(exception is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            throw PluginLoader.Fault(_folder, $"it failed to start: {PluginLoader.Reason(exception)}", exception);
        }
    }

    private async Task DisposePluginAsync()
    {
        try
        {
            await Task.Run(() => _plugin!.DisposeAsync().AsTask()).WaitAsync(PluginHost.CallLimit, _options.TimeProvider);
        }
        catch (TimeoutException)
        {
            PluginLog.StopHangs(_logger, _folder.Name, PluginHost.CallLimit.TotalSeconds);
        }
        catch (Exception exception)
        {
            // A plugin's last words change nothing any more; they are worth a line in the log.
            PluginLog.StopFailed(_logger, _folder.Name, exception);
        }
    }

    // A method of its own, so that no caller's frame keeps the context alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference? Unload()
    {
        _plugin = null;
        if (_context is not { IsCollectible: true } context)
            return null;
        _context = null;
        context.Unload();
        return new WeakReference(context);
    }

    private static bool Offers(PluginOffer? offer, PluginKind kind) => kind switch
    {
        PluginKind.Transport => offer?.Transport is not null,
        PluginKind.Discovery => offer?.Discovery is not null,
        _ => offer?.Relay is not null,
    };
}
