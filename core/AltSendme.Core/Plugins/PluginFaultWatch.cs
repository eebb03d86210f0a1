using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Extensions.Logging;

namespace AltSendme.Core.Plugins;

/// <summary>
/// Names the plugin whose task failed with nobody looking. Such a failure ends nothing; one on a thread that a plugin started by itself ends the process, as the runtime has it, and then the log has the name.
/// </summary>
internal sealed class PluginFaultWatch : IDisposable
{
    private readonly ILogger _logger;

    public PluginFaultWatch(ILogger logger)
    {
        _logger = logger;
        TaskScheduler.UnobservedTaskException += OnUnobserved;
        AppDomain.CurrentDomain.UnhandledException += OnUnhandled;
    }

    public void Dispose()
    {
        TaskScheduler.UnobservedTaskException -= OnUnobserved;
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandled;
    }

    /// <summary>The plugin in whose code an exception was thrown, if it was one's.</summary>
    internal static string? Culprit(Exception exception) => exception.TargetSite?.Module.Assembly is { } assembly ? Owner(assembly) : null;

    private static string? Owner(Assembly assembly) => (AssemblyLoadContext.GetLoadContext(assembly) as PluginLoadContext)?.PluginId;

    private void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs e)
    {
        foreach (var exception in e.Exception.InnerExceptions)
        {
            if (Culprit(exception) is { } plugin)
                PluginLog.TaskFailed(_logger, plugin, exception);
        }
    }

    private void OnUnhandled(object sender, UnhandledExceptionEventArgs e)
    {
        if (e.ExceptionObject is Exception exception && Culprit(exception) is { } plugin)
            PluginLog.Crashed(_logger, plugin, exception);
    }
}
