namespace AltSendme.TestKit;

/// <summary>A folder of a test's own, removed at its end.</summary>
public sealed class TemporaryFolder : IDisposable
{
    // A link may lead anywhere, to the root of the system too: what is behind one is none of ours, neither to enter nor to change.
    private static readonly EnumerationOptions WithoutLinks = new() { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.ReparsePoint };

    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("altsendme-test-").FullName;

    public string Path { get; }

    /// <summary>A path inside, its folder made.</summary>
    public string At(params string[] parts)
    {
        var path = System.IO.Path.Combine([Path, .. parts]);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>Writes a file inside.</summary>
    public string Write(string name, ReadOnlySpan<byte> content)
    {
        var path = At(name.Split('/'));
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Writes a text file inside.</summary>
    public string Write(string name, string content) => Write(name, System.Text.Encoding.UTF8.GetBytes(content));

    public void Dispose()
    {
        if (!Directory.Exists(Path))
            return;
        if (!OperatingSystem.IsWindows())
        {
            foreach (var folder in Directory.EnumerateDirectories(Path, "*", WithoutLinks).Prepend(Path))
                File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Directory.Delete(Path, recursive: true);
    }
}
