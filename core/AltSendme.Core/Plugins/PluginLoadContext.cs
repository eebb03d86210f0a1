using System.Reflection;
using System.Runtime.Loader;
using AltSendme.Abstractions;

namespace AltSendme.Core.Plugins;

/// <summary>
/// The assemblies of one plugin folder. A plugin brings its own dependencies, whatever their versions; shared with the host is exactly what the contract's public signatures need,
/// so that both sides mean the same types.
/// </summary>
internal sealed class PluginLoadContext : AssemblyLoadContext
{
    private readonly AssemblyDependencyResolver _resolver;

    public PluginLoadContext(PluginManifest manifest, string assemblyPath)
        : base($"plugin {manifest.Id}", isCollectible: false)
    {
        _resolver = new AssemblyDependencyResolver(assemblyPath);
    }

    /// <summary>Simple names of the contract's assembly and of every assembly that it references outside the runtime, directly or not.</summary>
    public static IReadOnlySet<string> SharedAssemblies { get; } = FindShared();

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name is null || SharedAssemblies.Contains(assemblyName.Name))
            return null;
        var path = _resolver.ResolveAssemblyToPath(assemblyName);
        return path is null ? null : LoadFromAssemblyPath(path);
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        var path = _resolver.ResolveUnmanagedDllToPath(unmanagedDllName);
        return path is null ? 0 : LoadUnmanagedDllFromPath(path);
    }

    private static HashSet<string> FindShared()
    {
        var shared = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var waiting = new Queue<Assembly>([typeof(IPlugin).Assembly]);
        while (waiting.TryDequeue(out var assembly))
        {
            if (!shared.Add(assembly.GetName().Name!))
                continue;
            foreach (var reference in assembly.GetReferencedAssemblies())
            {
                if (reference.Name!.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal))
                    waiting.Enqueue(Default.LoadFromAssemblyName(reference));
            }
        }

        return shared;
    }
}
