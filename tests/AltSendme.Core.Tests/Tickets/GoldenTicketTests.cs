using System.Text.Json;
using AltSendme.Core.Tickets;

namespace AltSendme.Core.Tests.Tickets;

/// <summary>Tickets that a real iroh 0.35 node wrote. iroh-blobs for iroh 1.x has the same wire form.</summary>
public sealed class GoldenTicketTests
{
    private static readonly Dictionary<string, string> Tickets = Read();

    public static TheoryData<string> Names => [.. Tickets.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_ticket_of_iroh_is_read_and_written_to_the_letter(string name)
    {
        var ticket = BlobTicket.Parse(Tickets[name]);

        Assert.Equal(Samples.Endpoint, ticket.Endpoint);
        Assert.Equal(Samples.Root, ticket.Root);
        Assert.Equal(Tickets[name], ticket.ToString());
    }

    [Fact]
    public void Relay_addresses_and_format_are_those_that_were_put_in()
    {
        var ticket = BlobTicket.Parse(Tickets["v4 and v6 and relay"]);

        Assert.Equal("https://relay.example.com./", ticket.RelayUrl!.AbsoluteUri);
        Assert.Equal(["ip:192.0.2.1:4433", "ip:[2001:db8::1]:50000"], ticket.Addresses.Select(address => address.ToString()));
        Assert.Equal(BlobFormat.HashSequence, ticket.Format);
        Assert.Equal(BlobFormat.Raw, BlobTicket.Parse(Tickets["id only, raw"]).Format);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_beginning_of_a_ticket_is_recognised_as_cut_off(string name)
    {
        var text = Tickets[name];
        for (var length = 1; length < text.Length; length++)
            Samples.AssertRefused(TicketCodes.Truncated, text[..length]);
    }

    private static Dictionary<string, string> Read()
    {
        using var file = typeof(GoldenTicketTests).Assembly.GetManifestResourceStream("blobs-iroh-0.35.json")!;
        using var json = JsonDocument.Parse(file);
        return json.RootElement.GetProperty("tickets").EnumerateArray().ToDictionary(entry => entry.GetProperty("what").GetString()!, entry => entry.GetProperty("ticket").GetString()!);
    }
}
