using Microsoft.Extensions.Logging;

namespace AltSendme.Core.Plugins;

/// <summary>Sees whether plugins that were ended are really gone. A context goes only when nothing of the plugin is referenced any more, and nobody can force it.</summary>
internal static class UnloadWatch
{
    private const int Rounds = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Names the plugins that are still there after a moment, and warns of each.</summary>
    public static async Task<IReadOnlyList<string>> RemainingAsync(List<(string Name, WeakReference Context)> ended, ILogger logger, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        for (var round = 0; round < Rounds && ended.Exists(static entry => entry.Context.IsAlive); round++)
        {
            // Happens only after a plugin was replaced; the first collection finds what is dead, the finalizers let go of the rest.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            if (round > 1)
                await Task.Delay(Pause, timeProvider, cancellationToken);
        }

        var remaining = ended.Where(static entry => entry.Context.IsAlive).Select(static entry => entry.Name).ToArray();
        foreach (var name in remaining)
            PluginLog.Remains(logger, name);
        return remaining;
    }
}
