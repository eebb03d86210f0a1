using System.Net;

namespace AltSendme.Abstractions.Tests;

public sealed class EndpointAddressTests
{
    [Theory]
    [InlineData("ip:192.0.2.1:4433", "ip:192.0.2.1:4433")]
    [InlineData("ip:[2001:db8::1]:4433", "ip:[2001:db8::1]:4433")]
    [InlineData("ip:[2001:DB8:0:0::1]:4433", "ip:[2001:db8::1]:4433")]
    [InlineData("ip:[::ffff:192.0.2.1]:4433", "ip:192.0.2.1:4433")]
    [InlineData("relay:https://Relay.Example", "relay:https://relay.example/")]
    [InlineData("relay:https://relay.example.:443/", "relay:https://relay.example./")]
    [InlineData("custom:544f52_0102", "custom:544f52_0102")]
    [InlineData("broker:amqp://queue/1", "broker:amqp://queue/1")]
    public void Addresses_are_written_in_one_canonical_way(string text, string canonical)
    {
        Assert.True(EndpointAddress.TryParse(text, out var address));
        Assert.Equal(canonical, address.ToString());
        Assert.True(EndpointAddress.TryParse(canonical, out var again));
        Assert.Equal(address, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ip")]
    [InlineData(":text")]
    [InlineData("ip:")]
    [InlineData("ip:192.0.2.1")]
    [InlineData("ip:192.0.2.1:0")]
    [InlineData("ip:192.0.2.1:65536")]
    [InlineData("ip:host.example:1")]
    [InlineData("relay:/path")]
    [InlineData("relay:mailto:relay@example")]
    [InlineData("Custom:1_02")]
    [InlineData("1custom:1_02")]
    [InlineData("a_b:1")]
    [InlineData("custom:a\nb")]
    [InlineData("custom:a\u007Fb")]
    [InlineData("a-scheme-that-is-longer-than-the-limit:1")]
    public void Anything_else_is_refused(string? text)
    {
        Assert.False(EndpointAddress.TryParse(text, out var address));
        Assert.Equal(default, address);
    }

    [Fact]
    public void An_address_has_at_most_1024_characters()
    {
        Assert.True(EndpointAddress.TryCreate("custom", new string('x', EndpointAddress.MaxLength - 7), out _));
        Assert.False(EndpointAddress.TryCreate("custom", new string('x', EndpointAddress.MaxLength - 6), out _));
    }

    [Fact]
    public void Each_kind_gives_back_what_it_was_made_of_and_nothing_else()
    {
        var ip = EndpointAddress.FromIp(new IPEndPoint(IPAddress.Loopback, 4433));
        var relay = EndpointAddress.FromRelay(new Uri("https://relay.example/"));

        Assert.True(ip.TryGetIp(out var endPoint));
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 4433), endPoint);
        Assert.False(ip.TryGetRelay(out _));
        Assert.True(relay.TryGetRelay(out var url));
        Assert.Equal(new Uri("https://relay.example/"), url);
        Assert.False(relay.TryGetIp(out _));
    }

    [Theory]
    [InlineData("file:///relay.example/")]
    [InlineData("relay.example")]
    public void A_relay_is_made_of_an_absolute_web_address_only(string url) =>
        Assert.Throws<ArgumentException>(() => EndpointAddress.FromRelay(new Uri(url, UriKind.RelativeOrAbsolute)));
}
