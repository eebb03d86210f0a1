using System.Text;
using AltSendme.Core.Plugins.Trust;
using Microsoft.Extensions.Logging;

namespace AltSendme.Core.Plugins;

/// <summary>
/// Takes up plugins that are installed, replaced or removed while the program runs. It looks every two seconds, as <see cref="Policy.PolicyWatch"/> does and for the same reasons, and acts once the folders have been
/// the same for two looks, so that a folder which is still being copied is left alone. Built-in plugins are not looked at.
/// </summary>
internal sealed class PluginWatch : IAsyncDisposable
{
    /// <summary>Time between looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly PluginHost _plugins;
    private readonly IReadOnlyList<(string Path, PluginOrigin Origin)> _roots;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _over = new();   // cancelled by DisposeAsync only
    private readonly Task _running;
    private string _known;
    private string _seen;

    public PluginWatch(PluginHost plugins, IReadOnlyList<(string Path, PluginOrigin Origin)> roots, ILogger logger, TimeProvider timeProvider)
    {
        (_plugins, _roots, _logger) = (plugins, roots, logger);
        _known = _seen = Stamp();
        _running = RunAsync(timeProvider);
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _running;
        _over.Dispose();
    }

    /// <summary>One look; not to be called twice at once.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        var stamp = Stamp();
        var isSettled = stamp == _seen;
        _seen = stamp;
        if (isSettled && stamp != _known)
        {
            _known = stamp;
            var found = PluginSearch.Find(_roots);
            await _plugins.RefreshAsync(found, cancellationToken);
            PluginLog.Refreshed(_logger, found.Count(static folder => folder.IsUsable), found.Count);
        }

        await _plugins.EndUnusedAsync(cancellationToken);
    }

    private async Task RunAsync(TimeProvider timeProvider)
    {
        using var timer = new PeriodicTimer(Interval, timeProvider);
        try
        {
            while (await timer.WaitForNextTickAsync(_over.Token))
                await LookAsync(_over.Token);
        }
        catch (OperationCanceledException)
        {
            // The end of the program.
        }
    }

    private string Stamp()
    {
        var text = new StringBuilder();
        foreach (var (root, origin) in _roots)
        {
            if (origin == PluginOrigin.BuiltIn)
                continue;
            foreach (var path in PluginSearch.Folders(root))
                text.Append(path).Append('\n').Append(PluginFiles.Fingerprint(path));
        }

        return text.ToString();
    }
}
