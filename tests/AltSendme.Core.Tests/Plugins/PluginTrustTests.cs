using System.Security.Cryptography;
using AltSendme.Abstractions;
using AltSendme.Core.Plugins;
using AltSendme.Core.Plugins.Installing;
using AltSendme.Core.Plugins.Trust;
using AltSendme.Core.Policy;

namespace AltSendme.Core.Tests.Plugins;

/// <summary>What is loaded is what the manifest lists, and who signed it is who signed it.</summary>
public sealed class PluginTrustTests : IDisposable
{
    private readonly PluginBench _bench = new();

    private string KeyFile => Path.Combine(_bench.Path, "key.pem");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_plugin_whose_files_are_those_of_its_manifest_works()
    {
        PluginBench.Seal(_bench.Install("test.good", "GoodPlugin", root: "user"));

        Assert.Null(await FaultAsync());
    }

    [Theory]
    [InlineData(PluginBench.Assembly, "changed", "AltSendme.TestPlugins.dll is not the file whose hash")]
    [InlineData("AltSendme.TestPlugins.deps.json", "changed", "AltSendme.TestPlugins.deps.json is not the file whose hash")]
    [InlineData("more/extra.dll", "changed", "more/extra.dll is not listed")]
    [InlineData("readme.txt", "changed", "readme.txt is not listed")]
    [InlineData("AltSendme.TestPlugins.pdb", null, "AltSendme.TestPlugins.pdb is missing")]
    public async Task A_file_that_is_not_the_manifests_is_named_and_nothing_is_loaded(string file, string? content, string reason)
    {
        var folder = PluginBench.Seal(_bench.Install("test.good", "GoodPlugin", root: "user"));
        var path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (content is null)
            File.Delete(path);
        else
            await File.WriteAllTextAsync(path, content);

        Assert.Contains(reason, await FaultAsync(), StringComparison.Ordinal);
        Assert.False(File.Exists(_bench.State("test.good", "started")));
    }

    [Fact]
    public async Task A_link_in_the_folder_is_refused()
    {
        var folder = _bench.Install("test.good", "GoodPlugin", root: "user");
        File.CreateSymbolicLink(Path.Combine(folder, "library.dll"), Path.Combine(folder, PluginBench.Assembly));

        Assert.Contains("library.dll is a link", await FaultAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_verified_runs_whatever_becomes_of_the_files()
    {
        var folder = _bench.Install("test.good", "LibraryPlugin", root: "user");
        PluginBench.AddLibrary(folder, new Version(1, 0, 0, 0), "verified");
        PluginBench.Seal(folder);
        var plugin = PluginLoader.Load(Assert.Single(_bench.Found()), new PluginHostOptions { Configuration = null!, StateFolder = _bench.Path, Policy = PluginBench.Anything });
        PluginBench.AddLibrary(folder, new Version(2, 0, 0, 0), "exchanged");

        var library = plugin.Context.LoadFromAssemblyName(new System.Reflection.AssemblyName("TestLibrary"));

        Assert.Equal(new Version(1, 0, 0, 0), library.GetName().Version);
        await plugin.Plugin.DisposeAsync();
    }

    [Fact]
    public async Task A_built_in_plugin_is_as_trusted_as_the_program_that_it_stands_beside()
    {
        var folder = PluginBench.Seal(_bench.Install("test.good", "GoodPlugin"));
        await File.WriteAllTextAsync(Path.Combine(folder, "readme.txt"), "not listed");

        Assert.Null(await FaultAsync());
        Assert.False(PluginCheck.TryVerifyFiles(Assert.Single(_bench.Found()), out var fault));
        Assert.Contains("readme.txt", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Policy_hears_who_signed_and_what_stands_for_the_whole_plugin()
    {
        var folder = _bench.Install("test.good", "GoodPlugin", root: "user");
        PluginSigner.CreateKey(KeyFile);
        var signer = PluginSigner.Sign(folder, KeyFile);

        Assert.True(PluginCheck.TryWeigh(Assert.Single(_bench.Found()), out var evidence, out _));

        Assert.Equal("test.good", evidence.Facts.Id);
        Assert.Equal(signer.ToArray(), evidence.Facts.Signer.ToArray());
        Assert.Equal(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "plugin.json"))), evidence.Facts.ManifestSha256.ToArray());
        Assert.Equal(PluginOrigin.User, evidence.Facts.Origin);
    }

    [Fact]
    public async Task What_policy_refuses_is_never_loaded()
    {
        var folder = _bench.Install("test.good", "GoodPlugin", root: "user");
        File.Delete(Path.Combine(folder, PluginBench.Assembly));
        await File.WriteAllTextAsync(Path.Combine(folder, PluginBench.Assembly), "not even an assembly");

        Assert.Contains("policy says no", await FaultAsync(PluginBench.Nothing), StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_without_hashes_has_nothing_that_could_stand_for_the_plugin()
    {
        _bench.Install("test.good", "GoodPlugin", root: "user");

        Assert.True(PluginCheck.TryWeigh(Assert.Single(_bench.Found()), out var evidence, out _));

        Assert.Null(evidence.Hash);
        Assert.True(evidence.Facts.ManifestSha256.IsEmpty);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("00 11")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000 00")]
    public async Task A_signature_that_is_none_is_refused(string content)
    {
        var folder = PluginBench.Seal(_bench.Install("test.good", "GoodPlugin", root: "user"));
        await File.WriteAllTextAsync(Path.Combine(folder, "plugin.json.sig"), content);

        Assert.Contains("plugin.json.sig is not one line", await FaultAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_of_another_manifest_is_refused()
    {
        var folder = _bench.Install("test.good", "GoodPlugin", root: "user");
        PluginSigner.CreateKey(KeyFile);
        PluginSigner.Sign(folder, KeyFile);
        await File.AppendAllTextAsync(Path.Combine(folder, "plugin.json"), " ");

        Assert.Contains("plugin.json.sig is not the signature of this plugin.json", await FaultAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_over_a_manifest_without_hashes_vouches_for_nothing_and_is_refused()
    {
        var folder = _bench.Install("test.good", "GoodPlugin", root: "user");
        PluginSigner.CreateKey(KeyFile);
        Assert.True(SigningKeyFile.TryRead(await File.ReadAllTextAsync(KeyFile), out var secret));
        var manifest = await File.ReadAllBytesAsync(Path.Combine(folder, "plugin.json"));
        await File.WriteAllTextAsync(Path.Combine(folder, "plugin.json.sig"), PluginSignature.Make(secret, manifest));

        Assert.Contains("vouches for none", await FaultAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void Signing_again_after_a_change_signs_the_files_as_they_are()
    {
        var folder = _bench.Install("test.good", "GoodPlugin", root: "user");
        PluginSigner.CreateKey(KeyFile);
        PluginSigner.Sign(folder, KeyFile);
        File.WriteAllText(Path.Combine(folder, "readme.txt"), "later");

        PluginSigner.Sign(folder, KeyFile);

        Assert.True(PluginCheck.TryVerifyFiles(Assert.Single(_bench.Found()), out _));
        Assert.Throws<PluginException>(() => PluginSigner.CreateKey(KeyFile));
        Assert.Throws<PluginException>(() => PluginSigner.Sign(folder, Path.Combine(folder, "readme.txt")));
    }

    [Fact]
    public void A_key_of_openssl_is_read()
    {
        // openssl genpkey -algorithm ed25519
        const string Pem = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
            -----END PRIVATE KEY-----
            """;

        // The key is the first of RFC 8032, section 7.1.
        Assert.True(SigningKeyFile.TryRead(Pem, out var secret));
        Assert.Equal("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", Convert.ToHexStringLower(secret));
        Assert.False(SigningKeyFile.TryRead(Pem.Replace("MC4C", "MC4D", StringComparison.Ordinal), out _));
        Assert.False(SigningKeyFile.TryRead("", out _));
    }

    private async Task<string?> FaultAsync(PolicyDecisionPoint? policy = null)
    {
        await using var host = _bench.Host(policy: policy);
        return await host.StartAsync(PluginKind.Transport) is { Count: 1 } ? null : Assert.Single(host.Faults).Message;
    }
}
