using AltSendme.Service.DBus.Api;

namespace AltSendme.Service.Tests.DBus;

public sealed class FileUriTests
{
    [Theory]
    [InlineData("file:///home/me/report.pdf", "/home/me/report.pdf")]
    [InlineData("file:/home/me", "/home/me")]
    [InlineData("FILE:///a", "/a")]
    [InlineData("file://localhost/a", "/a")]
    [InlineData("file:///a%20b%25/%C3%A4%E2%82%AC", "/a b%/ä€")]
    [InlineData("file:///ä/ü", "/ä/ü")]
    [InlineData("file:///what?", "/what?")]
    [InlineData("file:///a%23b", "/a#b")]
    [InlineData("file:///", "/")]
    [InlineData("file:///a%0Ab", "/a\nb")]
    public void A_local_URI_is_its_path(string uri, string expected)
    {
        Assert.True(FileUris.TryPath(uri, out var path, out _));

        Assert.Equal(expected, path);
    }

    [Theory]
    [InlineData("smb://server/share/report.pdf", "not on this computer (smb)")]
    [InlineData("trash:///report.pdf", "not on this computer (trash)")]
    [InlineData("file://elsewhere/report.pdf", "on another computer (elsewhere)")]
    [InlineData("/home/me/report.pdf", "is no URI")]
    [InlineData("", "is no URI")]
    [InlineData("report.pdf", "is no URI")]
    [InlineData("file:report.pdf", "no file URI")]
    [InlineData("file://", "no file URI")]
    [InlineData("file:", "no file URI")]
    [InlineData("file:///a#b", "no file URI")]
    [InlineData("file:///a%2Fb", "no file URI")]
    [InlineData("file:///a%00b", "no file URI")]
    [InlineData("file:///a%", "no file URI")]
    [InlineData("file:///a%4", "no file URI")]
    [InlineData("file:///a%zz", "no file URI")]
    [InlineData("file:///%FF", "not UTF-8")]
    [InlineData("file:///%ED%A0%80", "not UTF-8")]
    public void Anything_else_is_refused_with_the_reason(string uri, string expected)
    {
        Assert.False(FileUris.TryPath(uri, out _, out var reason));

        Assert.Contains(expected, reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("smb://server/a%20b.pdf", "a b.pdf")]
    [InlineData("smb://server/folder/", "folder")]
    [InlineData("smb://server/%E2%80%AEfdp.exe", "\uFFFDfdp.exe")]
    [InlineData("", "")]
    public void An_item_is_called_by_its_last_part_fit_to_be_shown(string uri, string expected) => Assert.Equal(expected, FileUris.NameOf(uri));

    [Fact]
    public void Random_URIs_are_a_path_or_refused()
    {
        var random = new Random(81);
        for (var i = 0; i < 20_000; i++)
        {
            var uri = "file://" + string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(4) == 0 ? "%" + random.Next(256).ToString("X2", null) : ((char)random.Next(0x20, 0x300)).ToString()));
            if (FileUris.TryPath(uri, out var path, out var reason))
                Assert.True(path.StartsWith('/') && !path.Contains('\0', StringComparison.Ordinal), uri);
            else
                Assert.NotEmpty(reason);
        }
    }
}
