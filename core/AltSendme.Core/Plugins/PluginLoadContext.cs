using System.Reflection;
using System.Runtime.Loader;
using AltSendme.Abstractions;
using AltSendme.Core.Plugins.Trust;

namespace AltSendme.Core.Plugins;

/// <summary>
/// The assemblies of one plugin folder. A plugin brings its own dependencies, whatever their versions; shared with the host is exactly what the contract's public signatures need,
/// so that both sides mean the same types.
/// </summary>
/// <remarks>
/// A built-in plugin is part of the program: it is loaded from its files, which is where ahead-of-time code counts. Any other is loaded from a <see cref="PluginImage"/> into a collectible context: what was
/// verified is what runs, no file stays open, and the folder can be replaced while the program runs (docs/decisions/0018).
/// </remarks>
internal sealed class PluginLoadContext : AssemblyLoadContext
{
    private readonly AssemblyDependencyResolver _resolver;
    private readonly PluginImage? _image;
    private readonly NativeFolder? _native;

    /// <summary>A context for a plugin of the program itself.</summary>
    public PluginLoadContext(PluginManifest manifest, string assemblyPath)
        : base($"plugin {manifest.Id}", isCollectible: false)
    {
        PluginId = manifest.Id;
        _resolver = new AssemblyDependencyResolver(assemblyPath);
    }

    /// <summary>A context for somebody else's plugin.</summary>
    /// <param name="manifest">What it says about itself.</param>
    /// <param name="assemblyPath">Path of its assembly.</param>
    /// <param name="image">Its files; nothing else is loaded.</param>
    /// <param name="nativeFolder">Where copies of native libraries go, in folders of their own: the system loads them from files only.</param>
    public PluginLoadContext(PluginManifest manifest, string assemblyPath, PluginImage image, string nativeFolder)
        : base($"plugin {manifest.Id}", isCollectible: true)
    {
        PluginId = manifest.Id;
        _resolver = new AssemblyDependencyResolver(assemblyPath);
        _image = image;
        _native = new NativeFolder(image, nativeFolder);
        Unloading += static context => ((PluginLoadContext)context)._native!.Remove();
    }

    /// <summary>Whose code it is.</summary>
    public string PluginId { get; }

    /// <summary>Simple names of the contract's assembly and of every assembly that it references outside the runtime, directly or not.</summary>
    public static IReadOnlySet<string> SharedAssemblies { get; } = FindShared();

    /// <summary>Loads one assembly of the plugin's folder.</summary>
    /// <exception cref="IOException">The file is not one that the plugin has.</exception>
    public Assembly LoadFile(string path)
    {
        if (_image is null)
            return LoadFromAssemblyPath(path);
        if (!_image.TryGet(path, out var content))
            throw new FileNotFoundException($"{Path.GetFileName(path)} is not in the plugin's folder", path);
        var symbols = _image.TryGet(Path.ChangeExtension(path, ".pdb"), out var pdb) ? new MemoryStream(pdb, writable: false) : null;
        return LoadFromStream(new MemoryStream(content, writable: false), symbols);
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name is null || SharedAssemblies.Contains(assemblyName.Name))
            return null;
        var path = _resolver.ResolveAssemblyToPath(assemblyName);
        return path is null ? null : LoadFile(path);
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        var path = _resolver.ResolveUnmanagedDllToPath(unmanagedDllName);
        if (path is not null && _native is not null)
            path = _native.Find(path) ?? throw new DllNotFoundException($"{Path.GetFileName(path)} is not in the plugin's folder");
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
