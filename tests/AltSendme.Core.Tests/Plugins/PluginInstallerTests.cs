using System.IO.Compression;
using AltSendme.Abstractions;
using AltSendme.Core.Plugins;
using AltSendme.Core.Plugins.Installing;

namespace AltSendme.Core.Tests.Plugins;

/// <summary>Installing is whole or not at all, whatever the archive holds.</summary>
public sealed class PluginInstallerTests : IDisposable
{
    private readonly PluginBench _bench = new();

    private PluginInstaller Installer => new(_bench.UserRoot);

    private string Archive => Path.Combine(_bench.Path, "plugin.zip");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_folder_and_an_archive_of_it_install_the_same_plugin()
    {
        var source = PluginBench.Seal(_bench.Install("test.good", "GoodPlugin", root: "source"));
        await ZipFile.CreateFromDirectoryAsync(source, Archive);

        foreach (var from in new[] { source, Archive })
        {
            using var staged = await Installer.StageAsync(from, PluginBench.Anything);
            Assert.Equal(Path.Combine(_bench.UserRoot, "test.good"), Installer.Commit(staged, replace: staged.Installed is not null));
        }

        var installed = Assert.Single(_bench.Found());
        Assert.True(installed.IsUsable);
        await using var host = _bench.Host();
        Assert.Single(await host.StartAsync(PluginKind.Transport));
        AssertNothingUnderWay();
    }

    [Fact]
    public async Task An_installed_plugin_is_replaced_only_when_asked()
    {
        var source = _bench.Install("test.good", "GoodPlugin", root: "source");
        using (var staged = await Installer.StageAsync(source, PluginBench.Anything))
            Installer.Commit(staged, replace: false);
        File.WriteAllText(Path.Combine(source, "plugin.json"), File.ReadAllText(Path.Combine(source, "plugin.json")).Replace("\"version\":\"1.0\"", "\"version\":\"2.0\"", StringComparison.Ordinal));

        using (var again = await Installer.StageAsync(source, PluginBench.Anything))
        {
            Assert.Equal("plugin.exists", Assert.Throws<PluginException>(() => Installer.Commit(again, replace: false)).Code);
            Assert.Equal("1.0", Assert.Single(_bench.Found()).Manifest!.Version);
            Installer.Commit(again, replace: true);
        }

        Assert.Equal("2.0", Assert.Single(_bench.Found()).Manifest!.Version);
        AssertNothingUnderWay();
    }

    [Fact]
    public async Task What_was_staged_and_not_wanted_leaves_nothing()
    {
        (await Installer.StageAsync(_bench.Install("test.good", "GoodPlugin", root: "source"), PluginBench.Anything)).Dispose();

        Assert.Empty(_bench.Found());
        AssertNothingUnderWay();
    }

    [Theory]
    [InlineData("../evil.dll")]
    [InlineData("/etc/evil.dll")]
    [InlineData("a/../../evil.dll")]
    [InlineData("a\\..\\evil.dll")]
    [InlineData("C:evil.dll")]
    [InlineData("a//evil.dll")]
    [InlineData("evil.dll ")]
    public async Task An_entry_that_would_leave_the_folder_is_refused(string name) => await AssertRefusedAsync(zip => Write(zip, name, "x"), "would not stay inside");

    [Fact]
    public Task A_link_in_an_archive_is_refused() => AssertRefusedAsync(static zip => Write(zip, "link.dll", "/etc/passwd").ExternalAttributes = unchecked((int)0xA1FF0000), "is a link");

    [Fact]
    public Task An_entry_that_is_there_twice_is_refused() => AssertRefusedAsync(
        static zip =>
        {
            Write(zip, "a.txt", "1");
            Write(zip, "A.TXT", "2");
        },
        "is there twice");

    [Fact]
    public Task An_archive_that_unpacks_to_more_than_the_limit_is_refused_while_it_unpacks() => AssertRefusedAsync(
        static zip =>
        {
            using var stream = zip.CreateEntry("zeros.bin", CompressionLevel.Fastest).Open();
            var zeros = new byte[1 << 20];
            for (var i = 0; i <= 256; i++)
                stream.Write(zeros);
        },
        "256 MiB");

    [Fact]
    public async Task A_file_that_is_no_archive_and_a_path_that_is_nothing_are_refused()
    {
        await File.WriteAllTextAsync(Archive, "no archive");

        Assert.Equal("plugin.package", (await Assert.ThrowsAsync<PluginException>(() => Installer.StageAsync(Archive, PluginBench.Anything))).Code);
        Assert.Equal("plugin.package", (await Assert.ThrowsAsync<PluginException>(() => Installer.StageAsync(Path.Combine(_bench.Path, "nothing"), PluginBench.Anything))).Code);
        AssertNothingUnderWay();
    }

    [Fact]
    public async Task A_plugin_with_a_changed_file_and_one_for_another_contract_are_not_installed()
    {
        var changed = PluginBench.Seal(_bench.Install("test.changed", "GoodPlugin", root: "source"));
        await File.AppendAllTextAsync(Path.Combine(changed, PluginBench.Assembly), "x");

        Assert.Contains(PluginBench.Assembly, (await Assert.ThrowsAsync<PluginException>(() => Installer.StageAsync(changed, PluginBench.Anything))).Message, StringComparison.Ordinal);
        Assert.Contains("2.0", (await Assert.ThrowsAsync<PluginException>(() => Installer.StageAsync(_bench.Install("test.future", "GoodPlugin", contract: "2.0", root: "source"), PluginBench.Anything))).Message, StringComparison.Ordinal);
        Assert.Contains("policy says no", (await Assert.ThrowsAsync<PluginException>(() => Installer.StageAsync(_bench.Install("test.good", "GoodPlugin", root: "source"), PluginBench.Nothing))).Message, StringComparison.Ordinal);
        AssertNothingUnderWay();
    }

    [Fact]
    public async Task Only_a_plugin_of_the_users_own_is_removed()
    {
        _bench.Install("test.built-in", "GoodPlugin");
        using (var staged = await Installer.StageAsync(_bench.Install("test.good", "GoodPlugin", root: "source"), PluginBench.Anything))
            Installer.Commit(staged, replace: false);

        Installer.Uninstall("test.good");

        Assert.Equal("test.built-in", Assert.Single(_bench.Found()).Name);
        Assert.Equal("plugin.not-installed", Assert.Throws<PluginException>(() => Installer.Uninstall("test.good")).Code);
        Assert.Equal("plugin.not-installed", Assert.Throws<PluginException>(() => Installer.Uninstall("test.built-in")).Code);
        AssertNothingUnderWay();
    }

    private static ZipArchiveEntry Write(ZipArchive zip, string name, string content)
    {
        var entry = zip.CreateEntry(name);
        using var stream = entry.Open();
        stream.Write(System.Text.Encoding.UTF8.GetBytes(content));
        return entry;
    }

    private async Task AssertRefusedAsync(Action<ZipArchive> fill, string reason)
    {
        await using (var zip = await ZipFile.OpenAsync(Archive, ZipArchiveMode.Create))
            fill(zip);

        var refused = await Assert.ThrowsAsync<PluginException>(() => Installer.StageAsync(Archive, PluginBench.Anything));

        Assert.Equal("plugin.package", refused.Code);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        AssertNothingUnderWay();
    }

    private void AssertNothingUnderWay() => Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(_bench.UserRoot), static path => Path.GetFileName(path).StartsWith('.'));
}
