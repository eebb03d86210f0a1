using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace AltSendme.Core.Plugins.Trust;

/// <summary>
/// A plugin's files as they were at one moment. Each is read once: what was compared with the manifest's hashes is what is loaded, whatever happens to the folder afterwards, and no file stays open.
/// Only files that a process loads are kept.
/// </summary>
internal sealed class PluginImage
{
    private readonly Dictionary<string, byte[]> _files;

    private PluginImage(Dictionary<string, byte[]> files) => _files = files;

    /// <summary>The native libraries: path and content.</summary>
    public IEnumerable<KeyValuePair<string, byte[]>> Native => _files.Where(static file => IsNative(file.Key));

    /// <summary>Reads a folder and holds it against its manifest, where that has hashes.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="hashes">The manifest's hashes; <see langword="null"/> where it has none.</param>
    /// <param name="image">The files, when the answer is <see langword="true"/>.</param>
    /// <param name="fault">Otherwise what is wrong, naming the file.</param>
    public static bool TryRead(string folder, IReadOnlyDictionary<string, string>? hashes, [NotNullWhen(true)] out PluginImage? image, [NotNullWhen(false)] out string? fault)
    {
        image = null;
        fault = null;
        try
        {
            var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
            var paths = PluginFiles.List(folder);
            foreach (var path in paths)
            {
                var content = IsLoadable(path) ? File.ReadAllBytes(Path.Combine(folder, path)) : null;
                fault = hashes is null ? null : Compare(hashes, path, content is null ? HashOf(Path.Combine(folder, path)) : PluginHashes.Of(content));
                if (fault is not null)
                    return false;
                if (content is not null)
                    files[path] = content;
            }

            if (hashes?.Keys.Except(paths).Order(StringComparer.Ordinal).FirstOrDefault() is { } missing)
                fault = $"{missing} is missing, which {PluginManifest.FileName} lists in \"{PluginHashes.Member}\"";
            else
                image = new PluginImage(files);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            fault = PluginLoader.Reason(exception);
        }

        return image is not null;
    }

    /// <summary>The content of a file by the path that a resolver found it at, however that writes the way to the folder.</summary>
    public bool TryGet(string path, [NotNullWhen(true)] out byte[]? content)
    {
        var plain = path.Replace('\\', '/');
        for (var slash = plain.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = plain.IndexOf('/', slash + 1))
        {
            if (_files.TryGetValue(plain[(slash + 1)..], out content))
                return true;
        }

        return _files.TryGetValue(plain, out content);
    }

    private static string? Compare(IReadOnlyDictionary<string, string> hashes, string path, string hash) =>
        !hashes.TryGetValue(path, out var expected) ? $"{path} is not listed in \"{PluginHashes.Member}\" of {PluginManifest.FileName}"
        : expected != hash ? $"{path} is not the file whose hash {PluginManifest.FileName} has"
        : null;

    private static string HashOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static bool IsLoadable(string path) => path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".pdb", StringComparison.OrdinalIgnoreCase) || IsNative(path);

    // On Windows native libraries are .dll files as well; which they are is known when one is asked for.
    private static bool IsNative(string path) =>
        path.EndsWith(".so", StringComparison.Ordinal) || path.Contains(".so.", StringComparison.Ordinal) || path.EndsWith(".dylib", StringComparison.Ordinal) || (OperatingSystem.IsWindows() && path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase));
}
