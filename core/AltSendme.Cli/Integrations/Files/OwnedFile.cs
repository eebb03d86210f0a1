using System.Text;

namespace AltSendme.Cli.Integrations.Files;

/// <summary>A text file that an integration adds. It carries a mark, by which it is known as ours wherever it is found; a file without the mark is never touched.</summary>
/// <param name="Path">Where it goes.</param>
/// <param name="Text">What is in it, the mark included.</param>
internal sealed record OwnedFile(string Path, string Text)
{
    /// <summary>In a comment near the beginning of each file.</summary>
    public const string Mark = "Written by 'altsendme integrate', which also removes it. Changes are lost.";

    // The mark stands in the first lines; a file that does not have it there is not read to its end.
    private const int Searched = 1024;

    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Whether it may be executed, which some desktops ask of entries in a user's own folders.</summary>
    public bool IsExecutable { get; init; }

    /// <summary>Whether it does any good on this machine. One that does not is not installed; where it was, it is removed with the rest.</summary>
    public bool IsWanted { get; init; } = true;

    /// <summary>Whether other integrations use it as well; it stays as long as one of them does.</summary>
    public bool IsShared { get; init; }

    private UnixFileMode Mode => IsExecutable ? Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : Readable;

    /// <summary>What stands at the path.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public IntegrationState Look()
    {
        var info = new FileInfo(Path);
        if (Directory.Exists(Path) || info.LinkTarget is not null)
            return IntegrationState.Blocked;
        if (!info.Exists)
            return IntegrationState.NotInstalled;
        if (!IsOurs(Path))
            return IntegrationState.Blocked;
        return File.ReadAllText(Path) == Text && (OperatingSystem.IsWindows() || File.GetUnixFileMode(Path) == Mode) ? IntegrationState.Installed : IntegrationState.Outdated;
    }

    /// <summary>Puts it there whole or not at all; its folder exists.</summary>
    public void Write()
    {
        var waiting = $"{Path}.{Environment.ProcessId}.new";
        try
        {
            File.WriteAllText(waiting, Text);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(waiting, Mode);
            File.Move(waiting, Path, overwrite: true);
        }
        finally
        {
            File.Delete(waiting);
        }
    }

    private static bool IsOurs(string path)
    {
        using var stream = File.OpenRead(path);
        Span<byte> start = stackalloc byte[Searched];
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return start[..length].IndexOf(Encoding.UTF8.GetBytes(Mark)) >= 0;
    }
}
