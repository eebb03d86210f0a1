using System.Reflection;
using AltSendme.Abstractions;

namespace AltSendme.Core.Plugins;

/// <summary>Turns a plugin folder into an instance of the plugin's entry type. Everything that can go wrong becomes a <see cref="PluginException"/> that names the plugin.</summary>
internal static class PluginLoader
{
    public static IPlugin Load(PluginFolder folder)
    {
        if (!folder.IsUsable)
            throw Fault(folder, folder.Fault ?? "it has no manifest");

        var path = Path.Combine(folder.Path, folder.Manifest.Assembly);
        try
        {
            var assembly = new PluginLoadContext(folder.Manifest, path).LoadFromAssemblyPath(path);
            var type = assembly.GetType(folder.Manifest.Type) ?? throw Fault(folder, $"its assembly has no type {folder.Manifest.Type}");
            if (!typeof(IPlugin).IsAssignableFrom(type))
                throw Fault(folder, $"{type.FullName} does not implement {nameof(IPlugin)} of this program's contract");
            return (IPlugin)(Activator.CreateInstance(type) ?? throw Fault(folder, $"{type.FullName} can't be created"));
        }
        catch (MissingMethodException)
        {
            throw Fault(folder, $"{folder.Manifest.Type} has no public constructor without parameters");
        }
        catch (TargetInvocationException exception)
        {
            throw Fault(folder, $"its constructor failed: {Reason(exception.InnerException ?? exception)}", exception.InnerException);
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException or TypeLoadException or ReflectionTypeLoadException or UnauthorizedAccessException)
        {
            throw Fault(folder, Reason(exception), exception);
        }
    }

    public static PluginException Fault(PluginFolder folder, string reason, Exception? innerException = null) =>
        new("plugin.unusable", $"The plugin {folder.Name} was skipped: {reason}.", innerException);

    /// <summary>The first line of what happened, without the full stop, fit to end a sentence.</summary>
    public static string Reason(Exception exception) => exception.Message.ReplaceLineEndings("\n").Split('\n')[0].TrimEnd('.', ' ');
}
