using System.Buffers;

namespace AltSendme.Core.Plugins.Trust;

/// <summary>The one spelling of a file's place in a plugin's folder: relative, with forward slashes, a name that every platform takes. Manifests and archives come from strangers.</summary>
internal static class PluginFilePath
{
    private const int MaxLength = 240;
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("\\:*?\"<>|");

    /// <summary>Whether <paramref name="path"/> stays inside the folder and is written in the one way.</summary>
    public static bool IsPlain(string path)
    {
        if (path.Length is 0 or > MaxLength)
            return false;
        foreach (var part in path.Split('/'))
        {
            if (part.Length == 0 || part is "." or ".." || part[^1] is '.' or ' ' || part.AsSpan().ContainsAny(Forbidden) || part.AsSpan().ContainsAnyInRange('\0', '\x1F'))
                return false;
        }

        return true;
    }

    /// <summary>The path of <paramref name="file"/> inside <paramref name="folder"/>, in this spelling.</summary>
    public static string Of(string folder, string file) => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');
}
