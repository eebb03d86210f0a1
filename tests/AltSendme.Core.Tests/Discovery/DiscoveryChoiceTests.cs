using AltSendme.Abstractions;
using AltSendme.Core.Discovery;
using AltSendme.Core.Settings;

namespace AltSendme.Core.Tests.Discovery;

public sealed class DiscoveryChoiceTests
{
    private const string Relay = "relay:https://relay.example/";

    [Theory]
    [InlineData(false, PublishedAddresses.Relay, $"{Relay} ip:192.168.1.2:4433 ip:203.0.113.4:4433", Relay)]
    [InlineData(false, PublishedAddresses.All, $"{Relay} ip:192.168.1.2:4433", $"{Relay} ip:192.168.1.2:4433")]
    [InlineData(true, PublishedAddresses.Relay, $"{Relay} ip:192.168.1.2:4433 ip:203.0.113.4:4433 ip:[fd00::1]:4433", "ip:192.168.1.2:4433 ip:[fd00::1]:4433")]
    [InlineData(true, PublishedAddresses.All, $"{Relay} ip:203.0.113.4:4433", "ip:203.0.113.4:4433")]
    [InlineData(false, PublishedAddresses.All, "ble:1122", "")]
    public void A_service_is_given_only_what_is_meant_for_those_who_hear_it(bool isLocal, PublishedAddresses rule, string addresses, string expected)
    {
        var manifest = new FakeService("x") { IsLocalNetwork = isLocal }.Plugin.Manifest;

        var given = DiscoveryChoice.Publishable(manifest, new DiscoverySettings { PublishAddresses = rule }, [.. Parse(addresses)]);

        Assert.Equal(Parse(expected), given);
    }

    [Fact]
    public void A_service_that_only_finds_is_given_nothing()
    {
        var manifest = new FakeService("x").Plugin.Manifest with { Schemes = [] };

        Assert.Empty(DiscoveryChoice.Publishable(manifest, new DiscoverySettings { PublishAddresses = PublishedAddresses.All }, [.. Parse(Relay)]));
    }

    [Theory]
    [InlineData("test.x", false)]
    [InlineData("X", false)]
    [InlineData("y", true)]
    public void A_service_is_switched_off_by_its_id_or_the_last_part_of_it(string key, bool expected)
    {
        var settings = new DiscoverySettings();
        settings.Services[key] = false;

        Assert.Equal(expected, DiscoveryChoice.IsUsed(new FakeService("x").Plugin.Manifest, settings));
    }

    private static IEnumerable<EndpointAddress> Parse(string addresses)
    {
        foreach (var text in addresses.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.True(EndpointAddress.TryParse(text, out var address));
            yield return address;
        }
    }
}
