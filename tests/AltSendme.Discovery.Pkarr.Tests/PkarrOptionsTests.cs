using AltSendme.Abstractions;
using AltSendme.TestKit;
using Microsoft.Extensions.Configuration;

namespace AltSendme.Discovery.Pkarr.Tests;

public sealed class PkarrOptionsTests
{
    [Fact]
    public void Without_settings_it_is_iroh_s_server_and_does_both()
    {
        var options = Read();

        Assert.Equal([new Uri("https://dns.iroh.link/pkarr")], options.Servers);
        Assert.True(options is { Publish: true, Resolve: true, UseProxy: true, Proxy: null });
    }

    [Fact]
    public void Servers_of_ones_own_take_its_place()
    {
        var options = Read(("Relays:0", "https://pkarr.example/base/"), ("Relays:1", "http://127.0.0.1:8080"), ("Relays:2", "https://pkarr.example/base/"), ("Publish", "false"), ("Proxy", "none"));

        Assert.Equal(["https://pkarr.example/base/", "http://127.0.0.1:8080/"], options.Servers.Select(static server => server.AbsoluteUri));
        Assert.True(options is { Publish: false, UseProxy: false });
    }

    [Theory]
    [InlineData("Relays:0", "pkarr.example")]
    [InlineData("Relays:0", "ftp://pkarr.example")]
    [InlineData("Relays:0", "https://user:secret@pkarr.example")]
    [InlineData("Relays:0", "https://pkarr.example/?x=1")]
    [InlineData("Relays:0", "http://pkarr.example/")]
    [InlineData("Publish", "yes")]
    [InlineData("Resolve", "1")]
    [InlineData("AllowPlainHttp", "maybe")]
    [InlineData("Proxy", "elsewhere")]
    [InlineData("CertificateAuthority", "/there/is/no/such/file.pem")]
    public void A_setting_that_can_not_be_used_is_named(string key, string value)
    {
        var fault = Assert.Throws<PluginException>(() => Read((key, value)));

        Assert.Equal("pkarr.settings", fault.Code);
        Assert.Contains($"Plugins:altsendme.pkarr:{key.Split(':')[0]}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_servers_than_anybody_needs_are_refused() => Assert.Throws<PluginException>(() => Read([.. Enumerable.Range(0, PkarrOptions.MaxServers + 1).Select(static number => ($"Relays:{number}", $"https://{number}.example/"))]));

    [Fact]
    public void Plain_http_elsewhere_has_to_be_allowed() => Assert.Single(Read(("Relays:0", "http://pkarr.example/"), ("AllowPlainHttp", "true")).Servers);

    [Fact]
    public void A_file_without_a_certificate_is_named()
    {
        using var folder = new TemporaryFolder();
        folder.Write("empty.pem", "");

        Assert.Contains("no certificate", Assert.Throws<PluginException>(() => Read(("CertificateAuthority", folder.At("empty.pem")))).Message, StringComparison.Ordinal);
    }

    private static PkarrOptions Read(params (string Key, string Value)[] settings) =>
        PkarrOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build());
}
