using System.Globalization;
using AltSendme.Abstractions;
using AltSendme.Core.Tickets;

namespace AltSendme.Core.Tests.Tickets;

public sealed class BadTicketTests
{
    private static readonly string Good = Samples.Ticket(Samples.Smallest);

    [Theory]
    [InlineData(TicketCodes.Empty, "")]
    [InlineData(TicketCodes.Empty, " \r\n\u200B")]
    [InlineData(TicketCodes.Truncated, "blob")]
    [InlineData(TicketCodes.Truncated, "BL")]
    [InlineData(TicketCodes.Kind, "hello")]
    [InlineData(TicketCodes.Kind, "nodeadkfaltsd7tlo2hxehhaopi")]
    [InlineData(TicketCodes.Kind, "docaaacbp7dwgqy3sizbh2ndrz5ay")]
    [InlineData(TicketCodes.Kind, "endpointaa2h3bvw33kzwm5pgrctu")]
    [InlineData(TicketCodes.Kind, "https://example.com/blobaa")]
    [InlineData(TicketCodes.Kind, "altsendme receive blobaa")]
    [InlineData(TicketCodes.Kind, "sendme receive blobaa")]
    [InlineData(TicketCodes.Kind, "altsendme:blobaa")]
    [InlineData(TicketCodes.Kind, "2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213")]
    [InlineData(TicketCodes.Encoding, "blobaaa1aaa")]
    [InlineData(TicketCodes.Encoding, "blob/../../etc/passwd")]
    [InlineData(TicketCodes.Encoding, "blobaaaa====")]
    [InlineData(TicketCodes.Encoding, "blobaaaäaaaa")]
    public void A_text_that_is_no_ticket_is_refused_for_its_own_reason(string code, string text) => Samples.AssertRefused(code, text);

    [Fact]
    public void A_text_of_a_megabyte_is_refused_at_once()
    {
        Samples.AssertRefused(TicketCodes.TooLong, "blob" + new string('a', 1 << 20));
        Samples.AssertRefused(TicketCodes.TooLong, new string(' ', TicketLimits.MaxTextLength + 1));
    }

    [Theory]
    [InlineData("node", "endpoint")]
    [InlineData("docaa", "document")]
    [InlineData("https://x", "link")]
    public void A_ticket_of_another_kind_is_called_by_its_name(string text, string name)
    {
        var error = Assert.Throws<TicketException>(() => BlobTicket.Parse(text));
        Assert.Equal(TicketCodes.Kind, error.Code);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pasted_ticket_may_be_wrapped_indented_and_in_capitals()
    {
        var expected = BlobTicket.Parse(Good);
        var wrapped = "\uFEFF  " + string.Join("\r\n", Good.Chunk(20).Select(line => new string(line))) + "\t\n";

        Assert.Equal(expected, BlobTicket.Parse(wrapped));
        Assert.Equal(expected, BlobTicket.Parse(Good.ToUpperInvariant()));
        Assert.Equal(expected, BlobTicket.Parse(string.Join("\u200B", Good.ToCharArray())));
    }

    [Theory]
    [InlineData("00")]
    [InlineData("41534d59")]
    [InlineData("ffffffffffffffff")]
    [InlineData("41534d58" + "01" + "00" + "00")]
    public void Something_after_the_ticket_that_is_no_extension_is_refused(string hex) =>
        Samples.AssertRefused(TicketCodes.TrailingGarbage, Samples.Ticket(Samples.Smallest + hex));

    [Fact]
    public void A_later_version_asks_for_an_update()
    {
        Samples.AssertRefused(TicketCodes.Version, Samples.Ticket("01" + Samples.Smallest[2..]));
        Samples.AssertRefused(TicketCodes.Version, Samples.Ticket(Samples.Smallest + "41534d58" + "02" + "00"));
    }

    /// <summary>Relay, addresses and format, as they follow the id.</summary>
    [Theory]
    [InlineData(TicketCodes.Malformed, "02" + "00" + "00")]
    [InlineData(TicketCodes.Malformed, "00" + "0102" + "00")]
    [InlineData(TicketCodes.Malformed, "00" + "01007f000001808004" + "00")]
    [InlineData(TicketCodes.Malformed, "00" + "00" + "02")]
    [InlineData(TicketCodes.Address, "01ffff03" + "00" + "00")]
    [InlineData(TicketCodes.TooManyAddresses, "00" + "21" + "00")]
    [InlineData(TicketCodes.TooManyAddresses, "00" + "ffffffffffffffffff01" + "00")]
    public void A_value_that_can_not_be_is_refused_before_it_is_believed(string code, string hex) =>
        Samples.AssertRefused(code, Samples.Ticket("00" + Samples.Endpoint + hex + Samples.Root));

    [Theory]
    [InlineData("mailto:relay@example")]
    [InlineData("relay.example")]
    [InlineData("https://user:secret@relay.example/")]
    [InlineData("https://relay.example/\u202E")]
    [InlineData("https://relay example/")]
    [InlineData("https://")]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("")]
    public void A_relay_that_is_no_plain_web_address_is_refused(string url)
    {
        var text = System.Text.Encoding.UTF8.GetBytes(url);
        var hex = "01" + text.Length.ToString("x2", CultureInfo.InvariantCulture) + Convert.ToHexStringLower(text);

        Samples.AssertRefused(TicketCodes.Address, Samples.Ticket("00" + Samples.Endpoint + hex + "0000" + Samples.Root));
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void An_id_that_nobody_can_have_is_refused(string id) => Samples.AssertRefused(TicketCodes.Endpoint, Samples.Ticket("00" + id + "000000" + Samples.Root));

    [Fact]
    public void An_address_with_port_0_is_left_out_and_the_rest_stays()
    {
        var ticket = BlobTicket.Parse(Samples.Ticket("00" + Samples.Endpoint + "00" + "02" + "007f00000100" + "007f00000101" + "00" + Samples.Root));

        Assert.Equal(["ip:127.0.0.1:1"], ticket.Addresses.Select(address => address.ToString()));
    }
}
