using System.Net;
using System.Text;
using AltSendme.Abstractions;
using AltSendme.Discovery.Mdns.Records;
using AltSendme.Dns;
using AltSendme.Plugins.Testing;
using AltSendme.Primitives.Encoding;

namespace AltSendme.Discovery.Mdns.Tests;

/// <summary>iroh finds us, and we find iroh.</summary>
public sealed class IrohCompatibilityTests
{
    private static readonly ServiceNames Names = new("irohv1");
    private static readonly EndpointId Self = new TestIdentity(1).Id;

    [Fact]
    public void What_we_announce_is_a_peer_to_iroh()
    {
        var advertisement = Advertisement.Make(Names, Self, [Ip("192.168.1.2:4433"), Ip("[fd00::2]:4433"), Ip("192.168.1.2:5000"), EndpointAddress.FromRelay(new Uri("https://relay.example./"))]);

        var (id, peer) = Assert.Single(Iroh.Peers(advertisement!.Bytes.Span));

        Assert.Equal(Base32.Encode(Self.ToArray()), id);
        Assert.Equal([IPEndPoint.Parse("192.168.1.2:4433"), IPEndPoint.Parse("[fd00::2]:4433"), IPEndPoint.Parse("192.168.1.2:5000")], peer.Addresses);
        Assert.Equal(["relay=https://relay.example./"], peer.Texts);
    }

    [Fact]
    public void A_goodbye_is_no_peer_to_iroh() => Assert.Empty(Iroh.Peers(Advertisement.Make(Names, Self, [Ip("192.168.1.2:4433")])!.Goodbye.Span));

    [Fact]
    public void As_many_addresses_as_fit_one_datagram_are_announced()
    {
        var advertisement = Advertisement.Make(Names, Self, [.. Enumerable.Range(1, 100).Select(static i => Ip($"[fd00::{i:x}]:{4000 + (i % 20)}"))]);

        var peer = Assert.Single(Iroh.Peers(advertisement!.Bytes.Span)).Value;

        Assert.InRange(peer.Addresses.Length, 8, Advertisement.MaxAddresses);
    }

    [Fact]
    public void Nothing_to_announce_is_no_announcement()
    {
        Assert.Null(Advertisement.Make(Names, Self, []));
        Assert.Null(Advertisement.Make(Names, Self, [EndpointAddress.FromRelay(new Uri("https://relay.example/"))]));
    }

    [Fact]
    public void What_iroh_announces_is_a_sighting_to_us()
    {
        var sighting = Assert.Single(Read(Iroh.Announcement));

        Assert.Equal(Iroh.Id, Base32.Encode(sighting.Id.ToArray()));
        Assert.Equal([Ip("192.168.1.7:4433"), Ip("[fd00::7]:4433"), EndpointAddress.FromRelay(new Uri("https://relay.example./"))], sighting.Addresses);
        Assert.Equal(SightingReader.TimeToLiveOfIroh, sighting.TimeToLive);
    }

    [Fact]
    public void Our_own_announcement_and_goodbye_read_back()
    {
        var advertisement = Advertisement.Make(Names, Self, [Ip("192.168.1.2:4433")])!;

        var sighting = Assert.Single(Read(advertisement.Bytes.ToArray()));
        var goodbye = Assert.Single(Read(advertisement.Goodbye.ToArray()));

        Assert.Equal((Self, TimeSpan.FromSeconds(Advertisement.TimeToLive), false), (sighting.Id, sighting.TimeToLive, sighting.IsGoodbye));
        Assert.Equal((Self, true), (goodbye.Id, goodbye.IsGoodbye));
    }

    [Fact]
    public void A_link_local_address_is_taken_on_the_link_where_it_was_named()
    {
        var advertisement = Advertisement.Make(Names, Self, [EndpointAddress.FromIp(new IPEndPoint(IPAddress.Parse("fe80::2%9"), 4433))])!;

        Assert.Equal(Ip($"[fe80::2%{MemoryLink.First.Interface}]:4433"), Assert.Single(Assert.Single(Read(advertisement.Bytes.ToArray())).Addresses));
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("255.255.255.255")]
    [InlineData("224.0.0.251")]
    [InlineData("ff02::fb")]
    [InlineData("::")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Addresses_where_no_neighbour_can_be_are_left_out(string address) =>
        Assert.Empty(Read(Advertisement.Make(Names, Self, [EndpointAddress.FromIp(new IPEndPoint(IPAddress.Parse(address), 4433))])!.Bytes.ToArray()));

    [Fact]
    public void Other_services_and_names_without_an_id_are_passed_over()
    {
        var record = new DnsRecord(DnsName.Parse("printer._irohv1._udp.local"), DnsType.Srv, 120, new DnsServiceData(0, 0, 4433, DnsName.Parse("printer.local")));
        var address = DnsAddressData.Record(DnsName.Parse("printer.local"), IPAddress.Parse("192.168.1.9"), 120);
        var other = Names.InstanceOf(Self).Parent.Parent;
        other.TryPrepend("_ipp"u8, out var printers);
        printers!.TryPrepend(Encoding.ASCII.GetBytes(Iroh.Id), out var printer);

        Assert.Empty(Read(new DnsMessage { Flags = DnsFlags.Response, Answers = [record, record with { Name = printer! }], Additionals = [address] }.ToArray()));
    }

    [Fact]
    public void A_message_that_names_many_endpoints_is_read_to_the_limit()
    {
        var messages = Enumerable.Range(1, 200).Select(static i => Advertisement.Make(Names, new EndpointId([(byte)i, .. new byte[31]]), [Ip("192.168.1.2:4433")])!.Bytes.ToArray())
            .Select(static bytes => DnsMessage.TryRead(bytes, out var message, out _) ? message : throw new InvalidOperationException()).ToArray();

        var all = new DnsMessage { Flags = DnsFlags.Response, Answers = [.. messages.SelectMany(static message => message.Answers)], Additionals = [.. messages.SelectMany(static message => message.Additionals)] };

        Assert.Equal(SightingReader.MaxEndpoints, Read(all.ToArray()).Count);
    }

    private static EndpointAddress Ip(string text) => EndpointAddress.FromIp(IPEndPoint.Parse(text));

    private static IReadOnlyList<Sighting> Read(byte[] bytes)
    {
        Assert.True(DnsMessage.TryRead(bytes, out var message, out _));
        return SightingReader.Read(message, Names, MemoryLink.First, MemoryLink.Neighbour.Address);
    }
}
