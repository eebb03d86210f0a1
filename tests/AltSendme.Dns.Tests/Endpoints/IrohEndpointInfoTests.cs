using System.Net;
using AltSendme.Primitives.Encoding;
using AltSendme.TestKit;

namespace AltSendme.Dns.Tests.Endpoints;

public sealed class IrohEndpointInfoTests
{
    [Fact]
    public void The_name_holds_the_id_in_z_base_32()
    {
        var id = Convert.FromHexString("a55f26132e5e43de834d534332f66a20d480c3e50a13a312a071adea6569981e");

        Assert.True(IrohEndpointInfo.TryMakeName(id, DnsName.Parse("dns.iroh.link"), out var name));

        Assert.Equal($"_iroh.{ZBase32.Encode(id)}.dns.iroh.link", name.ToString());
        Assert.True(IrohEndpointInfo.TryReadName(name, out var read));
        Assert.Equal(id, read);
        Assert.True(IrohEndpointInfo.TryReadName(DnsName.Parse(name.ToString().ToUpperInvariant()), out read));
        Assert.Equal(id, read);
    }

    [Theory]
    [InlineData("_iroh")]
    [InlineData("_iroh.dns.iroh.link")]
    [InlineData("iroh.yryo31dyoyn6qqw6jfxnxibq6mo1bzpq45jbbp1hgtnzdaxqtxsy")]
    [InlineData("_iroh.yryo31dyoyn6qqw6jfxnxibq6mo1bzpq45jbbp1hgtnzdaxqtx")]
    public void Other_names_hold_no_id(string name) => Assert.False(IrohEndpointInfo.TryReadName(DnsName.Parse(name), out _));

    [Fact]
    public void An_id_of_another_length_and_a_domain_that_is_too_long_make_no_name()
    {
        Assert.False(IrohEndpointInfo.TryMakeName(new byte[31], DnsName.Root, out _));
        Assert.False(IrohEndpointInfo.TryMakeName(new byte[32], DnsName.Parse(string.Join('.', Enumerable.Repeat(new string('a', 49), 4))), out _));
    }

    [Fact]
    public void Attributes_are_taken_from_where_iroh_has_them()
    {
        var info = IrohEndpointInfo.FromRecords(
        [
            DnsTextData.Of("addr=192.168.96.145:60165"),
            DnsTextData.Of("addr=213.208.157.87:60165 [2001:db8::1]:4433"),
            DnsTextData.Of("relay=https://euw1-1.relay.iroh.network./"),
            DnsTextData.Of("user-data=foo=bar"),
        ]);

        Assert.Equal([IPEndPoint.Parse("192.168.96.145:60165"), IPEndPoint.Parse("213.208.157.87:60165"), IPEndPoint.Parse("[2001:db8::1]:4433")], info.Addresses);
        Assert.Equal("https://euw1-1.relay.iroh.network./", Assert.Single(info.Relays).AbsoluteUri);
        Assert.Equal("foo=bar", info.UserData);
    }

    [Fact]
    public void What_makes_no_sense_is_left_out_and_the_rest_stays()
    {
        var info = IrohEndpointInfo.FromRecords(
        [
            DnsTextData.Of("relay=file:///etc/passwd"),
            DnsTextData.Of("relay=nonsense"),
            DnsTextData.Of("addr=1.2.3.4"),
            DnsTextData.Of("addr=example.com:80"),
            DnsTextData.Of("custom=1"),
            DnsTextData.Of("nothing"),
            DnsTextData.Of("="),
            DnsTextData.Of(""),
            new DnsTextData([new byte[] { 0x61, 0xFF }]),
            DnsTextData.Split("user-data=" + new string('x', 246)),
            DnsTextData.Of("addr=1.2.3.4:5"),
        ]);

        Assert.Equal([IPEndPoint.Parse("1.2.3.4:5")], info.Addresses);
        Assert.Empty(info.Relays);
        Assert.Null(info.UserData);
    }

    [Fact]
    public void Foreign_records_fill_no_more_than_the_limits()
    {
        var info = IrohEndpointInfo.FromRecords(Enumerable.Range(1, 1000).SelectMany(static i => new[] { DnsTextData.Of($"addr=192.0.2.1:{i}"), DnsTextData.Of($"relay=https://{i}.example/") }));

        Assert.Equal(IrohEndpointInfo.MaxAddresses, info.Addresses.Count);
        Assert.Equal(IrohEndpointInfo.MaxRelays, info.Relays.Count);
    }

    [Fact]
    public void What_is_composed_reads_back() => Seeds.Run(500, static random =>
    {
        var info = new IrohEndpointInfo
        {
            Relays = [.. Enumerable.Range(0, random.Next(4)).Select(i => new Uri($"https://relay{i}.example/{new string('p', random.Next(400))}?a=b"))],
            Addresses = [.. Enumerable.Range(0, random.Next(4)).Select(i => new IPEndPoint(new IPAddress(random.Bytes(i % 2 == 0 ? 4 : 16)), random.Next(1, 65536)))],
            UserData = random.Next(2) == 0 ? null : new string('u', random.Next(246)),
        };

        var read = IrohEndpointInfo.FromRecords(info.ToRecords());

        Assert.Equal(info.Relays, read.Relays);
        Assert.Equal(info.Addresses, read.Addresses);
        Assert.Equal(info.UserData, read.UserData);
    });

    [Fact]
    public void User_data_that_fits_into_no_string_is_refused() =>
        Assert.Throws<ArgumentException>(() => new IrohEndpointInfo { UserData = new string('ü', 123) }.ToRecords());

    [Fact]
    public void Records_of_other_names_and_classes_are_ignored()
    {
        var name = DnsName.Parse("_iroh.x");

        var info = IrohEndpointInfo.FromAnswers(
            [
                new DnsRecord(name, DnsType.Txt, 1, DnsTextData.Of("addr=192.0.2.1:1")),
                new DnsRecord(name, DnsType.Txt, 1, DnsTextData.Of("addr=192.0.2.2:1")) { Class = DnsClass.Any },
                new DnsRecord(DnsName.Parse("_iroh.y"), DnsType.Txt, 1, DnsTextData.Of("addr=192.0.2.3:1")),
            ],
            name);

        Assert.Equal([IPEndPoint.Parse("192.0.2.1:1")], info.Addresses);
    }
}
