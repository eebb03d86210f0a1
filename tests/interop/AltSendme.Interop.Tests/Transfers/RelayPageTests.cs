using System.Text.RegularExpressions;
using AltSendme.Interop.Tests.Peers;
using static AltSendme.Interop.Tests.Transfers.Content;

namespace AltSendme.Interop.Tests.Transfers;

/// <summary>What docs/relay.md says, done: its commands and settings, and those of the systemd unit, in a namespace and with a folder of its own in place of /etc/altsendme-relay.</summary>
[Collection("transfers")]
public sealed partial class RelayPageTests : IAsyncLifetime
{
    private const string PageFolder = "/etc/altsendme-relay";
    private const string PageHost = "relay.example.org";
    private const string Url = "https://localhost/";

    private static readonly string Page = File.ReadAllText(SourceTree.PathOf("docs/relay.md"));
    private static readonly string Unit = File.ReadAllText(SourceTree.PathOf("integrations/packaging/relay/altsendme-relay.service"));

    private Scene _scene = null!;

    private string Folder => _scene.At("etc");

    public async Task InitializeAsync() => _scene = await Scene.OpenAsync();

    public async Task DisposeAsync() => await _scene.DisposeAsync();

    [PeerFact]
    public async Task Whoever_follows_the_page_has_a_private_relay_that_works()
    {
        await _scene.ForbidUdpAsync();
        await _scene.ShellAsync(Here(BlockWith("openssl rand")));
        await _scene.ShellAsync(Here(BlockWith("openssl req")));
        await File.WriteAllTextAsync(Path.Combine(Folder, "relay.json"), BlockWith("\"MetricsListen\""));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, UnixModeOf("tokens"));

        await using var relay = await _scene.RelayAsync("0.0.0.0:443", ["--config", Path.Combine(Folder, "relay.json"), .. UnitSettings()]);
        (string, string)[] trust = [("ALTSENDME_Plugins__altsendme.relay__CertificateAuthority", _scene.At("ca.pem"))];
        var token = (await File.ReadAllTextAsync(Path.Combine(Folder, "tokens"))).Trim();
        Assert.Contains($"altsendme relay test https://{PageHost}/ --relay-token", Page, StringComparison.Ordinal);

        await using (var test = _scene.Start(trust, "relay", "test", Url, "--relay-token", token))
        {
            var (exitCode, said) = (await test.EndAsync(), await test.RestAsync());
            Assert.True(exitCode == 0, string.Join('\n', said) + test.Error);
            Assert.Equal("The relay works.", said[^1]);
        }

        await using (var test = _scene.Start(trust, "relay", "test", Url))
            Assert.NotEqual(0, await test.EndAsync());

        WriteFile(_scene.At("report.pdf"), 2 * Megabyte);
        await using var sender = _scene.Start(trust, "send", "report.pdf", "--json", "--relay", Url, "--relay-token", token);
        await using var receiver = _scene.Start(trust, "receive", await sender.TicketAsync(), "-o", "in", "--yes", "--json", "--relay", Url, "--relay-token", token);
        Assert.Equal("relayed", (await receiver.EventAsync("connected")).GetProperty("path").GetString());
        Assert.True(await receiver.EndAsync() == 0, receiver.Error);
        AssertSameFile(_scene.At("report.pdf"), _scene.At("in", "report.pdf"));
    }

    /// <summary>The page's block of commands or settings that holds a text, without its indentation.</summary>
    private static string BlockWith(string text)
    {
        var block = Blocks().Matches(Page).Select(static match => match.Groups[1].Value).Single(block => block.Contains(text, StringComparison.Ordinal));
        return Regex.Replace(block, "^   ", "", RegexOptions.Multiline);
    }

    private string Here(string commands) => commands.Replace(PageFolder, Folder, StringComparison.Ordinal).Replace(PageHost, "localhost", StringComparison.Ordinal);

    /// <summary>The settings that the unit adds, whose credentials are files of that folder.</summary>
    private string[] UnitSettings()
    {
        var settings = Variables().Matches(Unit).SelectMany(match => (string[])["--" + match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal), Path.Combine(Folder, match.Groups[2].Value)]).ToArray();
        Assert.All(settings.Where((_, i) => i % 2 == 1), file => Assert.Contains($":{PageFolder}/{Path.GetFileName(file)}\n", Unit, StringComparison.Ordinal));
        Assert.Equal(6, settings.Length);
        return settings;
    }

    private UnixFileMode UnixModeOf(string name) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(Path.Combine(Folder, name));

    [GeneratedRegex(@"```(?:bash|json)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"^Environment=ALTSENDME_RELAY_(\S+)=%d/(\S+)$", RegexOptions.Multiline)]
    private static partial Regex Variables();
}
