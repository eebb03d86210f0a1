using System.IO.Compression;
using AltSendme.Core.Plugins.Trust;

namespace AltSendme.Core.Plugins.Installing;

/// <summary>Unpacks a plugin's .zip file. The archive is a stranger's: every entry is a plain file inside the folder, and what comes out is counted, whatever the archive says of its sizes.</summary>
internal static class PluginArchive
{
    private const int UnixTypeMask = 0xF000;
    private const int UnixFile = 0x8000;
    private const int UnixFolder = 0x4000;

    /// <summary>Unpacks into a folder that is there and empty.</summary>
    /// <exception cref="InvalidDataException">It is no archive, or one that breaks a rule; the message names the entry.</exception>
    /// <exception cref="IOException">Reading or writing failed.</exception>
    public static async Task ExtractAsync(string archive, string folder, CancellationToken cancellationToken)
    {
        await using var zip = await ZipFile.OpenReadAsync(archive, cancellationToken);
        if (zip.Entries.Count > PluginFiles.MaxFiles)
            throw new InvalidDataException($"it has more than {PluginFiles.MaxFiles} entries");

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var left = PluginFiles.MaxBytes;
        foreach (var entry in zip.Entries)
        {
            var isFolder = entry.FullName.EndsWith('/');
            if (!PluginFilePath.IsPlain(entry.FullName.TrimEnd('/')))
                throw new InvalidDataException($"the entry '{entry.FullName}' would not stay inside the plugin's folder, or has a name that not every platform takes");
            if (!IsPlainKind(entry, isFolder))
                throw new InvalidDataException($"the entry '{entry.FullName}' is a link or a device");
            if (isFolder)
                continue;
            if (!names.Add(entry.FullName))
                throw new InvalidDataException($"the entry '{entry.FullName}' is there twice");
            left -= await ExtractAsync(entry, Path.Combine(folder, entry.FullName), left, cancellationToken);
        }
    }

    // The upper half of the attributes is the Unix mode, where the archive was made on such a system.
    private static bool IsPlainKind(ZipArchiveEntry entry, bool isFolder)
    {
        var kind = (entry.ExternalAttributes >> 16) & UnixTypeMask;
        return kind == 0 || kind == (isFolder ? UnixFolder : UnixFile);
    }

    private static async Task<long> ExtractAsync(ZipArchiveEntry entry, string path, long limit, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var source = await entry.OpenAsync(cancellationToken);
        await using var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        var buffer = new byte[81_920];
        var written = 0L;
        for (int read; (read = await source.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            written += read;
            if (written > limit)
                throw new InvalidDataException($"it unpacks to more than {PluginFiles.MaxBytes >> 20} MiB");
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return written;
    }
}
