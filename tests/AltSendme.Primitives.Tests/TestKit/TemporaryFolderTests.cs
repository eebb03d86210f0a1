using AltSendme.TestKit;

namespace AltSendme.Primitives.Tests.TestKit;

/// <summary>What tests make is removed with care: they may run as root, and what they ran may have made links to anywhere.</summary>
public sealed class TemporaryFolderTests
{
    [Fact]
    public void Cleaning_up_neither_enters_nor_changes_what_is_behind_a_link()
    {
        if (OperatingSystem.IsWindows())
            return;   // links need rights of their own there
        using var elsewhere = new TemporaryFolder();
        elsewhere.Write("inner/file", "stays");
        var inner = Path.Combine(elsewhere.Path, "inner");
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead;
        File.SetUnixFileMode(elsewhere.Path, Mode);
        File.SetUnixFileMode(inner, Mode);

        var folder = new TemporaryFolder();
        Directory.CreateSymbolicLink(folder.At("sub", "link"), elsewhere.Path);
        folder.Dispose();

        Assert.False(Directory.Exists(folder.Path));
        Assert.Equal((Mode, Mode), (File.GetUnixFileMode(elsewhere.Path), File.GetUnixFileMode(inner)));
        Assert.Equal("stays", File.ReadAllText(Path.Combine(inner, "file")));
    }
}
