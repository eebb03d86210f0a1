using System.Security.Cryptography;

namespace AltSendme.EndToEnd.Tests.Packages;

/// <summary>What <c>integrations/packaging/build deb</c> makes, as somebody who installs it meets it. Builds take both processors, so these run when nothing else does.</summary>
[Collection("packages")]
public sealed class DebianPackageTests(DebianPackages packages) : IClassFixture<DebianPackages>
{
    // The program's folder where .NET is installed (README).
    private const long MaxProgramBytes = 8_000_000;

    [PackageFact]
    public async Task The_same_sources_give_the_same_bytes()
    {
        var (first, again) = (await packages.FolderAsync(), await packages.AgainAsync());

        Assert.All(["altsendme", "altsendme-relay"], name => Assert.Equal(Hash(DebianPackages.Find(first, name)), Hash(DebianPackages.Find(again, name))));
    }

    [PackageFact]
    public async Task Lintian_has_nothing_to_say()
    {
        var folder = await packages.FolderAsync();

        var (exitCode, output, error) = await DebianPackages.RunAsync("lintian", "--allow-root", "--fail-on", "error,warning", DebianPackages.Find(folder, "altsendme"), DebianPackages.Find(folder, "altsendme-relay"));

        Assert.True(exitCode == 0, output + error);
        Assert.DoesNotContain("W:", output, StringComparison.Ordinal);
    }

    [PackageFact]
    public async Task The_package_holds_everything_and_is_small()
    {
        var (_, output, _) = await DebianPackages.RunAsync("dpkg-deb", "--contents", DebianPackages.Find(await packages.FolderAsync(), "altsendme"));
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        var paths = lines.Select(static line => line[5]).ToHashSet();

        Assert.All(lines, static line => Assert.Equal("root/root", line[1]));
        string[] wanted =
        [
            "./usr/bin/altsendme", "./usr/lib/altsendme/altsendme-service", "./usr/lib/altsendme/program/altsendme-service.dll", "./usr/lib/altsendme/program/plugins/altsendme.iroh/plugin.json",
            "./usr/lib/systemd/user/altsendme.service", "./usr/lib/systemd/user/altsendme.socket", "./usr/share/dbus-1/services/org.altsendme.AltSendme1.service",
            "./usr/share/applications/org.altsendme.AltSendme.desktop", "./usr/share/mime/packages/org.altsendme.AltSendme.xml", "./usr/share/icons/hicolor/scalable/apps/org.altsendme.AltSendme.svg",
            "./usr/share/man/man1/altsendme.1.gz", "./usr/share/doc/altsendme/copyright", "./usr/share/doc/altsendme/changelog.gz",
            "./usr/share/bash-completion/completions/altsendme", "./usr/share/zsh/vendor-completions/_altsendme", "./usr/share/fish/vendor_completions.d/altsendme.fish",
        ];
        Assert.All(wanted, path => Assert.Contains(path, paths));
        Assert.DoesNotContain(paths, static path => path.EndsWith(".pdb", StringComparison.Ordinal) || path.EndsWith(".xml", StringComparison.Ordinal) && path.Contains("/program/", StringComparison.Ordinal));
        var program = lines.Where(static line => line[5].StartsWith("./usr/lib/altsendme/program/", StringComparison.Ordinal)).Sum(static line => long.Parse(line[2], System.Globalization.CultureInfo.InvariantCulture));
        Assert.InRange(program, 1, MaxProgramBytes);
    }

    [PackageFact]
    public async Task Installed_it_works_and_removed_it_leaves_nothing()
    {
        var folder = await packages.FolderAsync();

        var (exitCode, output, error) = await DebianPackages.RunAsync("unshare", "--mount", "--net", "--pid", "--fork", "bash", Path.Combine(AppContext.BaseDirectory, "Packages", "installed.sh"), folder, packages.Scratch());

        Assert.True(exitCode == 0, output + error);
        Assert.Contains("a transfer\n", output, StringComparison.Ordinal);
        Assert.EndsWith("removed\nnothing is left\n", output, StringComparison.Ordinal);
    }

    private static string Hash(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));
}

/// <summary>Alone on the machine.</summary>
[CollectionDefinition("packages", DisableParallelization = true)]
public sealed class PackagesCollection;
