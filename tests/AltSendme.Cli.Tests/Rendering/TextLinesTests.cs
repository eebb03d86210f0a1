using AltSendme.Cli.Rendering;
using AltSendme.Core.Progress;

namespace AltSendme.Cli.Tests.Rendering;

public sealed class TextLinesTests
{
    [Theory]
    [InlineData(nameof(ImportProgressed), null)]
    [InlineData(nameof(SourceSkipped), "Skipped /a/link: it is a symbolic link.")]
    [InlineData(nameof(ShareReady), null)]
    [InlineData(nameof(ReceiverConnected), "Receiver 1 (0123456789) connected from 192.0.2.1:4433 (direct).")]
    [InlineData(nameof(ReceiverProgressed), null)]
    [InlineData(nameof(ReceiverCompleted), "Receiver 1 has verified everything: 2 B in 1.5 s (1 B/s).")]
    [InlineData(nameof(ReceiverLeft), "Receiver 1 left after 2 B: the connection was lost.")]
    [InlineData(nameof(RequestRefused), "Refused a request of receiver 1: a.txt has changed")]
    [InlineData(nameof(Connecting), "Connecting to 0123456789 at 192.0.2.1:4433 ...")]
    [InlineData(nameof(RelayTrouble), "The relay relay.example can't be used as it should: it says no.")]
    [InlineData(nameof(AnnouncementFailed), "The share is not announced by pkarr, which gave no answer. It goes on trying.")]
    [InlineData(nameof(Found), "mdns says that 0123456789 is at 192.0.2.1:4433.")]
    [InlineData(nameof(Connected), "Connected to 0123456789 at 192.0.2.1:4433 (direct).")]
    [InlineData(nameof(PathChanged), "Receiver 2 (0123456789) is now reached at 192.0.2.1:4433 (direct).")]
    [InlineData(nameof(PreviewReady), null)]
    [InlineData(nameof(NameChanged), "Renamed x\\u{1B}[2J to x_[2J, because the name can't be used as it is.")]
    [InlineData(nameof(ReceiveProgressed), null)]
    [InlineData(nameof(Reconnecting), "The connection was lost. Trying again in 0.5 s (attempt 1).")]
    [InlineData(nameof(ReceiveCompleted), "Received and verified 1 file, 2 B (1 B of it fetched now) in 1.5 s (0 B/s):")]
    public void An_event_is_told_in_one_line_or_not_at_all(string type, string? line) => Assert.Equal(line, TextLines.Of(Events.ByType[type].Event));

    [Fact]
    public void A_preview_lists_files_with_sizes_and_says_what_is_here_already()
    {
        var lines = TextLines.Preview(new PreviewReady([new PreviewFile("a.txt", 3), new PreviewFile("b\u202Ec", 2048)], 2051, 1024));

        Assert.Equal(["        3 B  a.txt", "      2 KiB  b\\u{202E}c", "2 files, 2 KiB; 1 KiB are here already"], lines);
    }

    [Fact]
    public void A_preview_of_many_files_lists_twenty_and_counts_the_rest()
    {
        var lines = TextLines.Preview(new PreviewReady([.. Enumerable.Repeat(new PreviewFile("a", 1), 1234)], 1234, 0)).ToList();

        Assert.Equal(22, lines.Count);
        Assert.Equal("... and 1214 more", lines[20].Trim());
        Assert.StartsWith("1,234 files", lines[21], StringComparison.Ordinal);
    }

    [Fact]
    public void A_rate_that_would_mean_nothing_is_left_out()
    {
        Assert.Equal("", TextLines.Rate(0, TimeSpan.FromSeconds(1)));
        Assert.Equal("", TextLines.Rate(1000, TimeSpan.FromSeconds(0.04)));
        Assert.Equal(" (1 KiB/s)", TextLines.Rate(2048, TimeSpan.FromSeconds(2)));
    }
}
