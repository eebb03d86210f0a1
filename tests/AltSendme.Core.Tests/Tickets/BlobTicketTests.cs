using System.Net;
using AltSendme.Abstractions;
using AltSendme.Blobs;
using AltSendme.Core.Identity;
using AltSendme.Core.Tickets;

namespace AltSendme.Core.Tests.Tickets;

public sealed class BlobTicketTests
{
    private static readonly BlobTicket Plain = new() { Endpoint = Samples.Endpoint, Root = Samples.Root, Format = BlobFormat.HashSequence };

    [Fact]
    public void A_ticket_with_everything_survives()
    {
        var ticket = Plain with
        {
            RelayUrl = new Uri("https://relay.example./"),
            Addresses = [Samples.Address("custom:544f52_0102"), Samples.Address("ip:[2001:db8::1]:4433"), Samples.Address("relay:https://second.example/"), Samples.Address("ip:192.0.2.1:4433")],
            Expires = new DateTimeOffset(2026, 12, 31, 23, 59, 59, TimeSpan.Zero),
            IsOneTime = true,
        };

        Assert.Equal(ticket, BlobTicket.Parse(ticket.ToString()));
    }

    [Fact]
    public void A_ticket_without_extras_is_the_standard_one_and_names_no_address()
    {
        Assert.Equal("00" + Samples.Endpoint + "000001" + Samples.Root, Samples.Hex(Plain.ToString()));
        Assert.Empty(BlobTicket.Parse(Plain.ToString()).ToCandidates());
    }

    [Fact]
    public void What_iroh_can_not_say_follows_what_it_can()
    {
        var extended = Plain with { IsOneTime = true };

        Assert.Equal(Samples.Hex(Plain.ToString()) + "41534d58" + "01" + "02" + "0600", Samples.Hex(extended.ToString()));
    }

    [Fact]
    public void Addresses_have_one_order_and_no_doubles()
    {
        var ticket = Plain with
        {
            Addresses = [Samples.Address("x:1"), Samples.Address("ip:[fe80::1%3]:9"), Samples.Address("ip:10.0.0.2:9"), Samples.Address("ip:10.0.0.2:8"), Samples.Address("ip:9.0.0.1:9"), Samples.Address("ip:10.0.0.2:9")],
        };

        Assert.Equal(["ip:9.0.0.1:9", "ip:10.0.0.2:8", "ip:10.0.0.2:9", "ip:[fe80::1]:9", "x:1"], ticket.Addresses.Select(address => address.ToString()));
    }

    [Fact]
    public void Candidates_are_the_addresses_and_then_the_relay()
    {
        var ticket = Plain with { RelayUrl = new Uri("https://relay.example/"), Addresses = [Samples.Address("ip:192.0.2.1:1")] };

        Assert.Equal(
            [new Candidate(Samples.Address("ip:192.0.2.1:1"), CandidateSource.Ticket), new Candidate(Samples.Address("relay:https://relay.example/"), CandidateSource.Ticket)],
            ticket.ToCandidates());
    }

    [Fact]
    public void An_international_relay_name_travels_in_its_ascii_form()
    {
        var ticket = Plain with { RelayUrl = new Uri("https://bücher.example/") };

        Assert.Equal("https://xn--bcher-kva.example/", BlobTicket.Parse(ticket.ToString()).RelayUrl!.AbsoluteUri);
    }

    [Fact]
    public void What_can_not_stand_in_a_ticket_is_refused_when_it_is_made()
    {
        Assert.Throws<ArgumentException>(() => Plain with { RelayUrl = new Uri("file:///relay.example/") });
        Assert.Throws<ArgumentException>(() => Plain with { RelayUrl = new Uri("https://me:secret@relay.example/") });
        Assert.Throws<ArgumentException>(() => Plain with { RelayUrl = new Uri("/relative", UriKind.Relative) });
        Assert.Throws<ArgumentException>(() => Plain with { RelayUrl = new Uri("https://relay.example/" + new string('x', 1024)) });
        Assert.Throws<ArgumentException>(() => Plain with { Addresses = [EndpointAddress.FromIp(new IPEndPoint(IPAddress.Loopback, 0))] });
        Assert.Throws<ArgumentException>(() => Plain with { Addresses = [.. Enumerable.Range(1, 33).Select(port => EndpointAddress.FromIp(new IPEndPoint(IPAddress.Loopback, port)))] });
        Assert.Throws<ArgumentException>(() => Plain with { Addresses = [.. Enumerable.Range(10, 32).Select(i => Samples.Address($"custom:{i}" + new string('\u20AC', 900)))] });
        Assert.Throws<ArgumentOutOfRangeException>(() => Plain with { Expires = DateTimeOffset.UnixEpoch.AddSeconds(-1) });
    }

    [Fact]
    public void A_full_ticket_of_the_longest_addresses_is_still_read()
    {
        var ticket = Plain with
        {
            RelayUrl = new Uri("https://relay.example/" + new string('r', 1002)),
            Addresses = [.. Enumerable.Range(10, 32).Select(i => Samples.Address($"custom:{i}" + new string('x', 1015)))],
            Expires = DateTimeOffset.MaxValue,
            IsOneTime = true,
        };

        Assert.Equal(ticket, BlobTicket.Parse(ticket.ToString()));
    }

    [Fact]
    public void A_ticket_is_refused_from_the_second_it_names()
    {
        var expires = new DateTimeOffset(2026, 3, 1, 12, 30, 0, TimeSpan.Zero);
        var ticket = Plain with { Expires = expires };

        ticket.ThrowIfExpired(new FixedTime(expires.AddSeconds(-1)));
        Plain.ThrowIfExpired(new FixedTime(expires));
        var error = Assert.Throws<TicketException>(() => ticket.ThrowIfExpired(new FixedTime(expires)));
        Assert.Equal(TicketCodes.Expired, error.Code);
        Assert.Contains("2026-03-01 at 12:30 UTC", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tickets_are_equal_when_they_say_the_same()
    {
        var one = Plain with { Addresses = [Samples.Address("x:1"), Samples.Address("ip:10.0.0.2:9")] };
        var other = Plain with { Addresses = [Samples.Address("ip:10.0.0.2:9"), Samples.Address("x:1")] };
        using var key = EndpointKey.Generate();

        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, other with { IsOneTime = true });
        Assert.NotEqual(one, other with { Endpoint = key.Id });
        Assert.NotEqual(one, other with { Root = new Hash(new byte[32]) });
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
