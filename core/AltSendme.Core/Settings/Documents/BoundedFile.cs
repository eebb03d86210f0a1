namespace AltSendme.Core.Settings.Documents;

/// <summary>Reads a document of settings or policy without taking more than a reader will look at.</summary>
internal static class BoundedFile
{
    /// <summary>The content; at most one byte more than <see cref="JsonConfig.MaxBytes"/>, by which the reader sees that it is too large.</summary>
    /// <exception cref="IOException">It is missing or can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The system does not let this user read it.</exception>
    public static byte[] Read(string path)
    {
        // Another program may be replacing the file.
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var content = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while (content.Length <= JsonConfig.MaxBytes && (read = stream.Read(buffer)) > 0)
            content.Write(buffer, 0, (int)Math.Min(read, JsonConfig.MaxBytes + 1 - content.Length));
        return content.ToArray();
    }
}
