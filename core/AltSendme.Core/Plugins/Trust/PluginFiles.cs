using System.Globalization;
using System.Text;

namespace AltSendme.Core.Plugins.Trust;

/// <summary>The files of a plugin's folder, within limits. Links are refused, for what they point to is not the plugin's.</summary>
internal static class PluginFiles
{
    /// <summary>Most files in a plugin's folder.</summary>
    public const int MaxFiles = 4096;

    /// <summary>Most bytes of all files together.</summary>
    public const long MaxBytes = 256L * 1024 * 1024;

    private const int MaxDepth = 16;

    /// <summary>A text that changes when any file of the folder does: names, sizes, times.</summary>
    public static string Fingerprint(string folder)
    {
        try
        {
            var text = new StringBuilder();
            foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Take(MaxFiles).OrderBy(static file => file.FullName, StringComparer.Ordinal))
                text.Append(CultureInfo.InvariantCulture, $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}\n");
            return text.ToString();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Paths of all files but the manifest and its signature, in the spelling of <see cref="PluginFilePath"/>, in order.</summary>
    /// <exception cref="InvalidDataException">The folder breaks a limit, or has a link in it.</exception>
    public static IReadOnlyList<string> List(string folder)
    {
        var found = new List<string>();
        var bytes = 0L;
        Walk(new DirectoryInfo(folder), 0);
        found.Sort(StringComparer.Ordinal);
        return found;

        void Walk(DirectoryInfo inside, int depth)
        {
            if (depth > MaxDepth)
                throw new InvalidDataException($"its folders are more than {MaxDepth} deep");
            foreach (var entry in inside.EnumerateFileSystemInfos())
            {
                var path = PluginFilePath.Of(folder, entry.FullName);
                if (entry.LinkTarget is not null || entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
                    throw new InvalidDataException($"{path} is a link, which a plugin's folder must not hold");
                if (entry is DirectoryInfo deeper)
                {
                    Walk(deeper, depth + 1);
                    continue;
                }

                bytes += ((FileInfo)entry).Length;
                if (found.Count >= MaxFiles || bytes > MaxBytes)
                    throw new InvalidDataException($"it has more than {MaxFiles} files or {MaxBytes >> 20} MiB");
                if (!PluginHashes.IsExempt(path))
                    found.Add(path);
            }
        }
    }
}
