using System.Reflection;
using AltSendme.Abstractions;
using AltSendme.Core.Plugins.Trust;

namespace AltSendme.Core.Plugins;

/// <summary>Turns a plugin folder into an instance of the plugin's entry type. Everything that can go wrong becomes a <see cref="PluginException"/> that names the plugin.</summary>
internal static class PluginLoader
{
    /// <summary>Checks who vouches for the plugin, asks whether it may be used, verifies its files, and loads it: in this order, so that nothing of a plugin runs before all of it was judged.</summary>
    public static (IPlugin Plugin, PluginLoadContext Context) Load(PluginFolder folder, PluginHostOptions options)
    {
        if (!folder.IsUsable)
            throw Fault(folder, folder.SkippedBecause ?? "it has no manifest");

        // Whoever can change a built-in plugin can change the program as well: to verify it here would cost time at every start, and prove nothing.
        var evidence = new PluginEvidence(folder.Manifest, folder.Origin, null, null);
        if (folder.Origin != PluginOrigin.BuiltIn && !PluginCheck.TryWeigh(folder, out evidence, out var fault))
            throw Fault(folder, fault);
        if (evidence.Refusal(options.Policy) is { } refusal)
            throw Fault(folder, refusal);

        var path = Path.Combine(folder.Path, folder.Manifest.Assembly);
        PluginLoadContext? context = null;
        try
        {
            context = Open(folder, path, options);
            return (Create(folder, context.LoadFile(path)), context);
        }
        catch (Exception exception)
        {
            if (context is { IsCollectible: true })
                context.Unload();
            if (exception is MissingMethodException)
                throw Fault(folder, $"{folder.Manifest.Type} has no public constructor without parameters");
            if (exception is TargetInvocationException { InnerException: { } inner })
                throw Fault(folder, inner is TypeInitializationException { InnerException: { } cause } ? $"its static constructor failed: {Reason(cause)}" : $"its constructor failed: {Reason(inner)}", inner);
            if (exception is TypeInitializationException initialization)
                throw Fault(folder, $"its static constructor failed: {Reason(initialization.InnerException ?? initialization)}", initialization);
            if (exception is BadImageFormatException)
                throw Fault(folder, $"{folder.Manifest.Assembly} is no .NET assembly for this machine", exception);
            if (exception is FileLoadException or FileNotFoundException or TypeLoadException or ReflectionTypeLoadException or IOException or UnauthorizedAccessException or ArgumentException)
                throw Fault(folder, Reason(exception), exception);
            throw;
        }
    }

    public static PluginException Fault(PluginFolder folder, string reason, Exception? innerException = null) =>
        new("plugin.unusable", $"The plugin {folder.Name} was skipped: {reason}.", innerException);

    /// <summary>The first line of what happened, without the full stop, fit to end a sentence.</summary>
    public static string Reason(Exception exception) => exception.Message.ReplaceLineEndings("\n").Split('\n')[0].TrimEnd('.', ' ');

    private static PluginLoadContext Open(PluginFolder folder, string path, PluginHostOptions options)
    {
        if (folder.Origin == PluginOrigin.BuiltIn)
            return new PluginLoadContext(folder.Manifest!, path);
        return PluginImage.TryRead(folder.Path, folder.Manifest!.Hashes, out var image, out var fault)
            ? new PluginLoadContext(folder.Manifest, path, image, Path.Combine(options.StateFolder, "plugin-native"))
            : throw Fault(folder, fault);
    }

    private static IPlugin Create(PluginFolder folder, Assembly assembly)
    {
        var name = folder.Manifest!.Type;
        var type = assembly.GetType(name) ?? throw Fault(folder, $"{folder.Manifest.Assembly} has no type {name}, which \"type\" names");
        if (!typeof(IPlugin).IsAssignableFrom(type))
            throw Fault(folder, $"{type.FullName} does not implement {nameof(IPlugin)} of this program's contract");
        if (type.IsAbstract || type.ContainsGenericParameters)
            throw Fault(folder, $"{type.FullName} can't be created: it is abstract or generic");
        return (IPlugin)Activator.CreateInstance(type)!;
    }
}
