using AltSendme.Abstractions;
using AltSendme.Cli.Commands;
using AltSendme.Core.Tickets;
using AltSendme.TestKit;

namespace AltSendme.Cli.Tests;

public sealed class TicketSourceTests
{
    [Theory]
    [InlineData("blobabc", "blobabc")]
    [InlineData("altsendme:blobabc", "blobabc")]
    [InlineData("ALTSENDME:BLOBABC", "BLOBABC")]
    [InlineData("altsendme://blobabc/", "blobabc")]
    [InlineData("altsendme:blob%61bc", "blobabc")]
    [InlineData("altsendme://receive?ticket=blobabc", "blobabc")]
    [InlineData("altsendme:receive?x=1&ticket=blobabc&y=2", "blobabc")]
    [InlineData("altsendme:", "")]
    [InlineData("https://example.org/?ticket=blobabc", "https://example.org/?ticket=blobabc")]
    public void A_link_holds_a_ticket(string link, string ticket) => Assert.Equal(ticket, TicketSource.Link(link));

    [Theory]
    [InlineData("blobabc")]
    [InlineData("\uFEFFaltsendme:blobabc\r\n")]
    public async Task A_ticket_file_is_read_as_text(string content)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("gift.altsendme", content);

        Assert.Equal("blobabc", await TicketSource.ReadAsync(path, CancellationToken.None));
        Assert.Equal("blobabc", await TicketSource.ReadAsync(new Uri(path).AbsoluteUri, CancellationToken.None));
    }

    [Fact]
    public async Task A_ticket_file_is_read_no_further_than_a_ticket_can_be()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("large.altsendme", new string('a', 10 << 20));

        var text = await TicketSource.ReadAsync(path, CancellationToken.None);

        Assert.Equal(TicketLimits.MaxTextLength + 1, text.Length);
        Assert.Equal(TicketCodes.TooLong, Assert.Throws<TicketException>(() => BlobTicket.Parse(text)).Code);
    }

    [Fact]
    public async Task A_ticket_file_that_is_not_there_is_named() =>
        Assert.Contains("nowhere.altsendme", (await Assert.ThrowsAsync<StorageException>(() => TicketSource.ReadAsync("/nowhere.altsendme", CancellationToken.None))).Message, StringComparison.Ordinal);
}
