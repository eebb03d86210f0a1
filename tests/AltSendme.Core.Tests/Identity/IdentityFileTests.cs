using AltSendme.Abstractions;
using AltSendme.Core.Identity;

namespace AltSendme.Core.Tests.Identity;

public sealed class IdentityFileTests : IDisposable
{
    private const string Secret = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    private const string PublicKey = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("altsendme-identity-");

    private string FilePath => Path.Combine(_root.FullName, "state", "identity");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task The_same_key_comes_back()
    {
        using var first = await LoadAsync();
        using var second = await LoadAsync();

        Assert.Equal(first.Id, second.Id);
        Assert.Equal(["identity"], Directory.GetFileSystemEntries(Path.GetDirectoryName(FilePath)!).Select(Path.GetFileName));
    }

    [UnixFact]
    public async Task Only_the_owner_can_read_it()
    {
        using var key = await LoadAsync();

        AssertMode(UnixFileMode.UserRead | UnixFileMode.UserWrite, FilePath);
        AssertMode(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, Path.GetDirectoryName(FilePath)!);
    }

    [UnixTheory]
    [InlineData(Secret + "\n")]
    [InlineData(Secret)]
    [InlineData(Secret + "\r\n")]
    public async Task A_line_of_hexadecimal_digits_is_a_key(string content)
    {
        Write(content);

        using var key = await LoadAsync();

        Assert.Equal(PublicKey, key.Id.ToString());
    }

    [Fact]
    public async Task Processes_that_start_at_once_agree_on_one_key()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(LoadAsync)));

        Assert.Single(keys.Select(key => key.Id).Distinct());
        Assert.Single(Directory.GetFileSystemEntries(Path.GetDirectoryName(FilePath)!));
        foreach (var key in keys)
            key.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("not a key")]
    [InlineData(Secret + "00\n")]
    [InlineData(" " + Secret)]
    [InlineData("9d61\n")]
    public async Task A_file_that_holds_no_key_is_refused_and_kept(string content)
    {
        Write(content);

        await AssertRefusedAsync(IdentityCodes.Malformed, "remove it");
        Assert.Equal(content, await File.ReadAllTextAsync(FilePath));
    }

    [Fact]
    public async Task A_huge_file_is_refused_unread()
    {
        Write("");
        await using (var file = File.OpenWrite(FilePath))
            file.SetLength(1L << 32);

        await AssertRefusedAsync(IdentityCodes.Malformed, "remove it");
    }

    [UnixTheory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public async Task A_file_that_others_can_touch_is_refused(UnixFileMode mode)
    {
        Write(Secret);
        SetMode(FilePath, UnixFileMode.UserRead | UnixFileMode.UserWrite | mode);

        await AssertRefusedAsync(IdentityCodes.Exposed, "chmod 600");
    }

    [UnixFact]
    public async Task A_folder_that_others_can_write_to_is_refused()
    {
        Write(Secret);
        SetMode(Path.GetDirectoryName(FilePath)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherWrite);

        await AssertRefusedAsync(IdentityCodes.Exposed, "chmod 700");
    }

    [UnixTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_link_is_not_followed(bool targetExists)
    {
        Write(Secret);
        var target = FilePath + ".elsewhere";
        File.Move(FilePath, target);
        if (!targetExists)
            File.Delete(target);
        File.CreateSymbolicLink(FilePath, target);

        await AssertRefusedAsync(IdentityCodes.NotAFile, "link");
    }

    [Fact]
    public async Task A_folder_in_its_place_is_refused()
    {
        Directory.CreateDirectory(FilePath);

        await AssertRefusedAsync(IdentityCodes.NotAFile, "folder");
    }

    [Fact]
    public async Task A_place_that_can_not_be_written_is_named()
    {
        await File.WriteAllTextAsync(Path.Combine(_root.FullName, "state"), "a file where the folder should be");

        await AssertRefusedAsync(IdentityCodes.Unusable, FilePath);
    }

    [Fact]
    public void The_platforms_place_ends_with_the_programs_folder() =>
        Assert.EndsWith(Path.Combine("altsendme", "identity"), IdentityFile.Default().Path, StringComparison.OrdinalIgnoreCase);

    private Task<EndpointKey> LoadAsync() => new IdentityFile(FilePath).LoadOrCreateAsync(CancellationToken.None);

    private async Task AssertRefusedAsync(string code, string sentence)
    {
        var error = await Assert.ThrowsAsync<StorageException>(LoadAsync);
        Assert.Equal(code, error.Code);
        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.Message, StringComparison.Ordinal);
    }

    private void Write(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath, content);
        SetMode(Path.GetDirectoryName(FilePath)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        SetMode(FilePath, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static void AssertMode(UnixFileMode expected, string path)
    {
        if (!OperatingSystem.IsWindows())
            Assert.Equal(expected, File.GetUnixFileMode(path));
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }
}
