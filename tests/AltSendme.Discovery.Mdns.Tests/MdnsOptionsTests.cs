using AltSendme.Abstractions;
using Microsoft.Extensions.Configuration;

namespace AltSendme.Discovery.Mdns.Tests;

public sealed class MdnsOptionsTests
{
    [Fact]
    public void Without_settings_it_speaks_as_iroh_does_on_every_interface()
    {
        var options = Read();

        Assert.Empty(options.Interfaces);
        Assert.Equal((true, true, true, "irohv1"), (options.UseIPv4, options.UseIPv6, options.Announce, options.Service));
    }

    [Fact]
    public void Everything_can_be_set()
    {
        var options = Read(("Interfaces:0", "eth0"), ("IPv6", "false"), ("Announce", "False"), ("LookupTime", "00:00:02"), ("Service", "mine"));

        Assert.Equal(["eth0"], options.Interfaces);
        Assert.Equal((true, false, false, TimeSpan.FromSeconds(2), "mine"), (options.UseIPv4, options.UseIPv6, options.Announce, options.LookupTime, options.Service));
    }

    [Fact]
    public void All_that_can_not_be_used_is_named_at_once()
    {
        var exception = Assert.Throws<PluginException>(() => Read(("IPv6", "maybe"), ("LookupTime", "60"), ("Service", "_irohv1._udp")));

        Assert.Equal("mdns.settings", exception.Code);
        Assert.Contains("Plugins:altsendme.mdns:IPv6 is \"maybe\"", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Plugins:altsendme.mdns:LookupTime is \"60\"", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Plugins:altsendme.mdns:Service is \"_irohv1._udp\"", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Neither_family_is_no_setting_to_switch_it_off() =>
        Assert.Contains("Discovery:Services:mdns", Assert.Throws<PluginException>(() => Read(("IPv4", "false"), ("IPv6", "false"))).Message, StringComparison.Ordinal);

    private static MdnsOptions Read(params (string Key, string Value)[] settings) =>
        MdnsOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build());
}
