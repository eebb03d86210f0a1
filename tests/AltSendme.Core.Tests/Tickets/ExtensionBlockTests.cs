using AltSendme.Core.Tickets;

namespace AltSendme.Core.Tests.Tickets;

public sealed class ExtensionBlockTests
{
    [Fact]
    public void An_unknown_record_of_even_type_is_skipped() =>
        Assert.True(BlobTicket.Parse(Samples.Extended("08" + "03" + "010203" + "0600")).IsOneTime);

    [Fact]
    public void An_unknown_record_of_odd_type_is_refused() => Samples.AssertRefused(TicketCodes.Extension, Samples.Extended("0700"));

    [Fact]
    public void An_empty_block_says_nothing() => Assert.Equal(BlobTicket.Parse(Samples.Ticket(Samples.Smallest)), BlobTicket.Parse(Samples.Extended("")));

    [Fact]
    public void The_time_of_expiry_is_read_in_seconds() =>
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), BlobTicket.Parse(Samples.Extended("0405" + "80e2cfaa06")).Expires);

    [Theory]
    [InlineData("06")]
    [InlineData("0601")]
    [InlineData("80")]
    [InlineData("02ff")]
    [InlineData("060101")]
    [InlineData("0400")]
    [InlineData("04010004020000")]
    [InlineData("040100" + "040100")]
    [InlineData("040affffffffffffffffff01")]
    [InlineData("ffffffffffffffffffff0100")]
    public void A_damaged_record_is_refused(string records) => Samples.AssertRefused(TicketCodes.Extension, Samples.Extended(records));

    [Theory]
    [InlineData("")]
    [InlineData("nocolon")]
    [InlineData("UPPER:x")]
    [InlineData("x:")]
    [InlineData("x:a\u0007b")]
    [InlineData("ip:192.0.2.1:1")]
    [InlineData("relay:file:///x/")]
    public void An_address_that_is_not_well_formed_is_refused(string address) => Samples.AssertRefused(TicketCodes.Address, Samples.Extended(Record(address)));

    [Fact]
    public void An_address_that_is_not_UTF_8_is_refused() => Samples.AssertRefused(TicketCodes.Address, Samples.Extended("0204783ac328"));

    [Fact]
    public void Standard_and_extended_addresses_are_counted_together()
    {
        var records = string.Concat(Enumerable.Range(10, 33).Select(i => Record($"x:{i}")));

        Assert.Equal(32, BlobTicket.Parse(Samples.Extended(records[..(32 * 12)])).Addresses.Count);
        Samples.AssertRefused(TicketCodes.TooManyAddresses, Samples.Extended(records));
    }

    [Fact]
    public void More_records_than_anybody_needs_are_refused()
    {
        Assert.NotNull(BlobTicket.Parse(Samples.Extended(string.Concat(Enumerable.Repeat("0800", 64)))));
        Samples.AssertRefused(TicketCodes.Extension, Samples.Extended(string.Concat(Enumerable.Repeat("0800", 65))));
    }

    [Fact]
    public void A_block_that_claims_more_than_the_limit_is_refused_unread() =>
        Samples.AssertRefused(TicketCodes.Extension, Samples.Ticket(Samples.Smallest + "41534d5801" + "ffffffffffffffffff01"));

    [Fact]
    public void A_block_that_is_cut_off_is_recognised()
    {
        var whole = Samples.Smallest + "41534d58" + "01" + "02" + "0600";
        for (var length = Samples.Smallest.Length + 2; length < whole.Length; length += 2)
            Samples.AssertRefused(TicketCodes.Truncated, Samples.Ticket(whole[..length]));
    }

    private static string Record(string address)
    {
        var text = System.Text.Encoding.UTF8.GetBytes(address);
        return "02" + Convert.ToHexStringLower([(byte)text.Length]) + Convert.ToHexStringLower(text);
    }
}
