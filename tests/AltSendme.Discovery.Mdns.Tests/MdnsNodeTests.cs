using System.Net;
using AltSendme.Abstractions;
using AltSendme.Discovery.Mdns.Records;
using AltSendme.Dns;
using AltSendme.Plugins.Testing;
using AltSendme.Primitives.Encoding;
using AltSendme.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace AltSendme.Discovery.Mdns.Tests;

public sealed class MdnsNodeTests : IAsyncDisposable
{
    private static readonly EndpointId Self = new TestIdentity(1).Id;
    private static readonly EndpointAddress Address = EndpointAddress.FromIp(IPEndPoint.Parse("192.168.1.2:4433"));
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(MdnsNode.LongestDelay);
    private readonly VirtualTime _time = new();
    private readonly MemoryLink _link = new();
    private readonly MdnsNode _node;

    public MdnsNodeTests() => _node = new MdnsNode(Self, "irohv1", _link, _time, NullLogger.Instance);

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public void An_announcement_goes_to_every_link_at_once_and_again_after_a_second()
    {
        _link.Links.Add(MemoryLink.Second);

        _node.Announce([Address]);

        Assert.Equal([MemoryLink.First, MemoryLink.Second], _link.Sent.Select(static sent => sent.Port));
        _time.Advance(Second);
        Assert.Equal(4, _link.Sent.Count);
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(4, _link.Sent.Count);
    }

    [Fact]
    public void Only_what_the_host_gave_is_announced()
    {
        _node.Announce([Address]);

        Assert.Equal([IPEndPoint.Parse("192.168.1.2:4433")], Assert.Single(Iroh.Peers(_link.Sent[0].Bytes)).Value.Addresses);
    }

    [Fact]
    public void The_same_addresses_are_not_announced_again_and_others_are()
    {
        AnnounceAndWait();

        _node.Announce([Address]);
        Assert.Empty(_link.Sent);
        _node.Announce([EndpointAddress.FromIp(IPEndPoint.Parse("192.168.1.3:4433"))]);
        Assert.Single(_link.Sent);
    }

    [Fact]
    public void An_empty_list_says_goodbye_once()
    {
        AnnounceAndWait();

        _node.Announce([]);
        _node.Announce([]);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.All(Assert.Single(_link.Take()).Answers, static record => Assert.Equal(0u, record.Ttl));
        _link.Receive(Iroh.Question);
        _time.Advance(Second);
        Assert.Empty(_link.Sent);
    }

    [Fact]
    public async Task The_end_says_goodbye_and_closes_the_link()
    {
        AnnounceAndWait();

        await _node.DisposeAsync();
        await _node.DisposeAsync();

        Assert.All(Assert.Single(_link.Take()).Answers, static record => Assert.Equal(0u, record.Ttl));
        Assert.True(_link.IsDisposed);
        _link.Receive(Iroh.Question);
        _time.Advance(Second);
        Assert.Empty(_link.Sent);
    }

    [Fact]
    public void A_question_of_irohs_is_answered_after_a_short_delay()
    {
        AnnounceAndWait();

        _link.Receive(Iroh.Question);
        _time.Advance(TimeSpan.FromMilliseconds(MdnsNode.ShortestDelay - 1));
        Assert.Empty(_link.Sent);
        _time.Advance(LongestDelay);

        Assert.Single(Iroh.Peers(Assert.Single(_link.Sent).Bytes));
    }

    [Fact]
    public void Many_questions_get_one_answer_a_second()
    {
        AnnounceAndWait();

        for (var i = 0; i < 100; i++)
        {
            _link.Receive(Iroh.Question);
            _time.Advance(TimeSpan.FromMilliseconds(50));
        }

        Assert.InRange(_link.Sent.Count, 4, 5);
    }

    [Fact]
    public void Nobody_answers_who_has_nothing_to_announce()
    {
        _link.Receive(Iroh.Question);
        _time.Advance(Second);

        Assert.Empty(_link.Sent);
    }

    [Fact]
    public void Who_knows_the_answer_gets_none()
    {
        AnnounceAndWait();
        var known = Question(Pointer(Advertisement.TimeToLive / 2));

        _link.Receive(known);
        _time.Advance(Second);
        Assert.Empty(_link.Sent);

        _link.Receive(Question(Pointer((Advertisement.TimeToLive / 2) - 1)));
        _time.Advance(Second);
        Assert.Single(_link.Sent);
    }

    [Fact]
    public void A_known_answer_that_comes_in_a_second_packet_stops_the_answer()
    {
        AnnounceAndWait();

        _link.Receive(Question() with { Flags = DnsFlags.Truncated });
        _time.Advance(TimeSpan.FromMilliseconds(300));
        _link.Receive(Question(Pointer(Advertisement.TimeToLive)) with { Questions = [] });
        _time.Advance(Second);

        Assert.Empty(_link.Sent);
    }

    [Fact]
    public void Questions_about_single_records_are_answered_and_others_not()
    {
        AnnounceAndWait();
        var names = new ServiceNames("irohv1");

        foreach (var (name, type) in new[] { (names.InstanceOf(Self), DnsType.Srv), (names.InstanceOf(Self), DnsType.Any), (ServiceNames.HostOf(Self, 4433), DnsType.A) })
        {
            _link.Receive(new DnsMessage { Questions = [new DnsQuestion(name, type)] });
            _time.Advance(Second + LongestDelay);
            Assert.Single(_link.Take());
        }

        foreach (var (name, type) in new[] { (DnsName.Parse("_ipp._tcp.local"), DnsType.Ptr), (names.Service, DnsType.Srv), (ServiceNames.HostOf(Self, 4433), DnsType.Aaaa) })
        {
            _link.Receive(new DnsMessage { Questions = [new DnsQuestion(name, type)] });
            _time.Advance(Second + LongestDelay);
            Assert.Empty(_link.Sent);
        }
    }

    [Fact]
    public void Who_asks_as_if_it_was_unicast_DNS_gets_an_answer_of_that_kind()
    {
        AnnounceAndWait();
        var asker = IPEndPoint.Parse("192.168.1.7:40000");

        _link.Receive(Question() with { Id = 77 }, asker);

        var (_, to, bytes) = Assert.Single(_link.Sent);
        Assert.Equal(asker, to);
        Assert.True(DnsMessage.TryRead(bytes, out var answer, out _));
        Assert.Equal(77, answer.Id);
        Assert.Single(answer.Questions);
        Assert.All(answer.Answers, static record => Assert.InRange(record.Ttl, 1u, 10u));
    }

    [Fact]
    public void An_asker_gets_no_more_of_his_questions_back_than_the_one_that_is_answered()
    {
        AnnounceAndWait();

        _link.Receive(Question() with { Questions = [.. Enumerable.Repeat(Question().Questions[0], 1_000)] }, IPEndPoint.Parse("192.168.1.7:40000"));

        Assert.InRange(Assert.Single(_link.Sent).Bytes.Length, 1, Advertisement.MaxLength);
    }

    [Fact]
    public void Who_asks_for_an_answer_to_himself_gets_it_alone()
    {
        AnnounceAndWait();

        _link.Receive(new DnsMessage { Questions = [new DnsQuestion(new ServiceNames("irohv1").Service, DnsType.Ptr, (DnsClass)0x8001)] });

        Assert.Equal(MemoryLink.Neighbour, Assert.Single(_link.Sent).To);
    }

    [Fact]
    public void A_new_link_hears_the_announcement()
    {
        AnnounceAndWait();

        _link.Appear(MemoryLink.Second);

        Assert.Equal(MemoryLink.Second, Assert.Single(_link.Sent).Port);
    }

    [Fact]
    public void Questions_are_asked_once_a_second_at_most()
    {
        _node.Ask();
        _node.Ask();
        Assert.Equal(Iroh.Question, Assert.Single(_link.Sent).Bytes);

        _time.Advance(Second);
        _node.Ask();
        Assert.Equal(2, _link.Sent.Count);
    }

    [Fact]
    public void Who_is_known_is_named_in_the_question_while_more_than_half_of_his_time_is_left()
    {
        var peer = new TestIdentity(9).Id;
        _link.Receive(Announcement(peer, "192.168.1.9:1"));
        _link.Receive(Iroh.Announcement);

        _time.Advance(TimeSpan.FromSeconds(20));
        _node.Ask();
        var known = Assert.Single(Assert.Single(_link.Take()).Answers);
        Assert.Equal(100u, known.Ttl);
        Assert.Equal(new DnsNameData(new ServiceNames("irohv1").InstanceOf(peer)), known.Data);

        _time.Advance(TimeSpan.FromSeconds(50));
        _node.Ask();
        Assert.Empty(Assert.Single(_link.Take()).Answers);
    }

    [Fact]
    public void What_was_heard_before_is_known_until_its_time_is_over()
    {
        var iroh = IdOf(Iroh.Id);
        _link.Receive(Iroh.Announcement);

        _time.Advance(TimeSpan.FromSeconds(4));
        using (var watch = _node.Watch(iroh))
        {
            Assert.True(watch.Sightings.TryRead(out var found));
            Assert.Equal(TimeSpan.FromSeconds(4), found.Age);
        }

        _time.Advance(Second);
        using var later = _node.Watch(iroh);
        Assert.False(later.Sightings.TryRead(out _));
    }

    [Fact]
    public void A_goodbye_takes_back_what_the_same_neighbour_said_and_nothing_else()
    {
        var peer = new TestIdentity(9).Id;
        var other = IPEndPoint.Parse("192.168.1.8:5353");
        _link.Receive(Announcement(peer, "192.168.1.9:1"));
        _link.Receive(Goodbye(peer, "192.168.1.9:1"), other);
        Assert.Equal(1, Known(peer));

        _link.Receive(Goodbye(peer, "192.168.1.9:1"));
        Assert.Equal(0, Known(peer));
    }

    [Fact]
    public void A_liar_does_not_hide_what_others_say()
    {
        var peer = new TestIdentity(9).Id;
        _link.Receive(Announcement(peer, "192.168.1.9:1"));

        _link.Receive(Announcement(peer, "192.168.1.66:1"), IPEndPoint.Parse("192.168.1.66:5353"));

        using var watch = _node.Watch(peer);
        var addresses = new List<EndpointAddress>();
        while (watch.Sightings.TryRead(out var found))
            addresses.AddRange(found.Sighting.Addresses);
        Assert.Contains(EndpointAddress.FromIp(IPEndPoint.Parse("192.168.1.9:1")), addresses);
    }

    [Fact]
    public void Responses_from_another_port_and_of_other_kinds_are_ignored()
    {
        var peer = new TestIdentity(9).Id;
        _link.Receive(Announcement(peer, "192.168.1.9:1"), IPEndPoint.Parse("192.168.1.7:5354"));
        Assert.True(DnsMessage.TryRead(Announcement(peer, "192.168.1.9:1"), out var message, out _));
        _link.Receive(message with { Opcode = 5 });
        _link.Receive(message with { ResponseCode = DnsResponseCode.NameError });
        _link.Receive(message with { Flags = DnsFlags.None });

        Assert.Equal(0, Known(peer));
    }

    [Fact]
    public void What_it_says_itself_is_no_sighting()
    {
        _node.Announce([Address]);

        _link.Receive(_link.Sent[0].Bytes);

        Assert.Equal(0, Known(Self));
    }

    [Fact]
    public void A_flood_by_one_neighbour_does_not_keep_another_from_being_heard()
    {
        for (var i = 0; i < 10_000; i++)
            _link.Receive(Announcement(new EndpointId([(byte)i, (byte)(i >> 8), .. new byte[30]]), "192.168.1.66:1"), IPEndPoint.Parse("192.168.1.66:5353"));

        var peer = new TestIdentity(9).Id;
        _link.Receive(Announcement(peer, "192.168.1.9:1"));

        Assert.Equal(1, Known(peer));
        Assert.True(Enumerable.Range(0, 10_000).Count(i => Known(new EndpointId([(byte)i, (byte)(i >> 8), .. new byte[30]])) > 0) <= SourceLimits.PerSource * 3);
    }

    [Fact]
    public void Hostile_packets_change_nothing_and_crash_nothing() => Seeds.Run(3_000, random =>
    {
        var bytes = random.Next(3) switch
        {
            0 => random.Bytes(random.Next(200)),
            1 => (byte[])Iroh.Announcement.Clone(),
            _ => (byte[])Iroh.Question.Clone(),
        };
        for (var changes = random.Next(1, 6); changes > 0 && bytes.Length > 0; changes--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next();

        _link.Receive(bytes, new IPEndPoint(new IPAddress(random.Bytes(4)), random.Next(2) == 0 ? 5353 : 1 + random.Next(65535)));
        _time.Advance(TimeSpan.FromMilliseconds(40));
    });

    private static byte[] Announcement(EndpointId id, string address) => Advertise(id, address).Bytes.ToArray();

    private static byte[] Goodbye(EndpointId id, string address) => Advertise(id, address).Goodbye.ToArray();

    private static Advertisement Advertise(EndpointId id, string address) => Advertisement.Make(new ServiceNames("irohv1"), id, [EndpointAddress.FromIp(IPEndPoint.Parse(address))])!;

    private static DnsMessage Question(params DnsRecord[] known) => new() { Questions = [new DnsQuestion(new ServiceNames("irohv1").Service, DnsType.Ptr)], Answers = known };

    private static DnsRecord Pointer(uint ttl) => new(new ServiceNames("irohv1").Service, DnsType.Ptr, ttl, new DnsNameData(new ServiceNames("irohv1").InstanceOf(Self)));

    private static EndpointId IdOf(string text) => Base32.TryDecode(text, out var bytes) ? new EndpointId(bytes) : throw new FormatException(text);

    private int Known(EndpointId id)
    {
        using var watch = _node.Watch(id);
        var count = 0;
        while (watch.Sightings.TryRead(out _))
            count++;
        return count;
    }

    private void AnnounceAndWait()
    {
        _node.Announce([Address]);
        _time.Advance(TimeSpan.FromSeconds(3));
        _link.Sent.Clear();
    }
}
