using System.Net;
using AltSendme.Abstractions;
using AltSendme.Dns;
using Microsoft.Extensions.Configuration;

namespace AltSendme.Discovery.Dns.Tests;

public sealed class DnsDiscoveryOptionsTests
{
    [Fact]
    public void Without_settings_the_system_is_asked_for_irohs_public_domain()
    {
        var options = Read();

        Assert.Null(options.Servers);
        Assert.Equal(DnsName.Parse("dns.iroh.link"), options.Origin);
        Assert.Equal(TimeSpan.FromSeconds(5), options.Timeout);
    }

    [Fact]
    public void Servers_domain_and_time_can_be_set()
    {
        var options = Read(("Servers:0", "192.0.2.1"), ("Servers:1", "[2001:db8::1]:5353"), ("Origin", "dns.example.com."), ("Timeout", "00:00:02"));

        Assert.Equal([IPEndPoint.Parse("192.0.2.1:53"), IPEndPoint.Parse("[2001:db8::1]:5353")], options.Servers!);
        Assert.Equal(DnsName.Parse("dns.example.com"), options.Origin);
        Assert.Equal(TimeSpan.FromSeconds(2), options.Timeout);
    }

    [Fact]
    public void All_that_can_not_be_used_is_named_at_once()
    {
        var exception = Assert.Throws<PluginException>(() => Read(("Servers:0", "dns.example.com"), ("Origin", "a..b"), ("Timeout", "60")));

        Assert.Equal("dns.settings", exception.Code);
        Assert.Contains("Plugins:altsendme.dns:Servers:0 is \"dns.example.com\"", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Plugins:altsendme.dns:Origin is \"a..b\"", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Plugins:altsendme.dns:Timeout is \"60\"", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_domain_that_leaves_no_room_for_an_id_is_refused() =>
        Assert.Throws<PluginException>(() => Read(("Origin", string.Join('.', Enumerable.Repeat(new string('a', 50), 4)))));

    [Fact]
    public void More_servers_than_are_asked_are_refused() =>
        Assert.Throws<PluginException>(() => Read([.. Enumerable.Range(0, 9).Select(static i => ($"Servers:{i}", "192.0.2.1"))]));

    private static DnsDiscoveryOptions Read(params (string Key, string Value)[] settings) =>
        DnsDiscoveryOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build());
}
