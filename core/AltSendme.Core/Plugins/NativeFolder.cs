using System.Security.Cryptography;
using AltSendme.Core.Plugins.Trust;

namespace AltSendme.Core.Plugins;

/// <summary>A plugin's native libraries, written out when the first is wanted: into a folder that only the user can enter, from the bytes that were verified.</summary>
internal sealed class NativeFolder(PluginImage image, string root)
{
    // Held while the files are written; several threads may call into native code for the first time.
    private readonly Lock _gate = new();
    private string? _folder;

    /// <summary>Where the copy of a library is; <see langword="null"/> when the plugin has none of that name.</summary>
    public string? Find(string path)
    {
        if (!image.TryGet(path, out _))
            return null;
        lock (_gate)
            _folder ??= Write();
        return Path.Combine(_folder, Path.GetFileName(path));
    }

    /// <summary>Removes the copies, as far as the system lets go of them.</summary>
    public void Remove()
    {
        lock (_gate)
        {
            try
            {
                if (_folder is not null)
                    Directory.Delete(_folder, recursive: true);
                _folder = null;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Windows keeps a library's file while it is loaded; it is a copy, and does no harm.
            }
        }
    }

    // Side by side, so that one that needs another finds it.
    private string Write()
    {
        var folder = Path.Combine(root, RandomNumberGenerator.GetHexString(16, lowercase: true));
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var (path, content) in image.Native)
            File.WriteAllBytes(Path.Combine(folder, Path.GetFileName(path)), content);
        return folder;
    }
}
