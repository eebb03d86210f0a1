using AltSendme.Service.Client.Contract;
using AltSendme.Service.Notifications;

namespace AltSendme.Service.Tests.Notifications;

public sealed class TransferNoticeTests
{
    private static readonly Lazy<Labels> English = new(static () => Labels.In("en"));

    private static readonly ShareView Share = new() { Id = "0123456789", State = ShareState.Sharing, Created = DateTimeOffset.UnixEpoch, Broadcast = true, Name = "photos", Files = 3, Ticket = "blobabc", Notify = true };

    private static readonly ReceiverView Receiver = new() { Number = 1, Peer = "abc", State = ReceiverState.Connected };

    [Fact]
    public void A_ticket_that_was_copied_is_told_of_once()
    {
        var notices = new TransferNotices(English, [], []);

        var first = notices.Of(Event(Share with { IsCopied = true }));
        var second = notices.Of(Event(Share with { IsCopied = true, HashedBytes = 3 }));

        Assert.Equal(("Ticket copied", "Whoever you give it to can receive photos (+2).", false), (first!.Title, first.Body, first.Stays));
        Assert.Null(second);
    }

    [Fact]
    public void A_ticket_that_could_not_be_copied_is_shown_and_stays()
    {
        var shown = new TransferNotices(English, [], []).Of(Event(Share with { IsCopied = false }))!;

        Assert.Equal("Ticket ready", shown.Title);
        Assert.EndsWith("Here it is: blobabc", shown.Body, StringComparison.Ordinal);
        Assert.True(shown.Stays);
        Assert.Contains(shown.Actions, static action => action is { Kind: NotificationActionKind.CopyTicket, Label: "Copy ticket" });
    }

    [Fact]
    public void Of_a_broadcast_the_first_receiver_and_every_delivery_are_told()
    {
        var notices = new TransferNotices(English, [], []);

        string[] told =
        [
            .. new[]
            {
                Share,
                Share with { Receivers = [Receiver] },
                Share with { Receivers = [Receiver with { Bytes = 5 }] },
                Share with { Receivers = [Receiver, Receiver with { Number = 2 }] },
                Share with { Receivers = [Receiver, Receiver with { Number = 2 }], Deliveries = 1 },
                Share with { Receivers = [Receiver, Receiver with { Number = 2 }], Deliveries = 2 },
            }.Select(view => notices.Of(Event(view))?.Title ?? ""),
        ];

        Assert.Equal(["", "A receiver has connected", "", "", "Delivered", "Delivered"], told);
    }

    [Fact]
    public void What_is_known_when_the_service_starts_is_no_news()
    {
        var before = Share with { State = ShareState.Preparing, Deliveries = 4 };
        var receive = new ReceiveView { Id = "abcdef0123", State = ReceiveState.Completed, Created = default, Updated = default, Sender = "a", Hash = "b", Destination = "/in", Conflict = default, Notify = true };
        var notices = new TransferNotices(English, [before], [receive]);

        Assert.Null(notices.Of(Event(before with { State = ShareState.Sharing })));
        Assert.Null(notices.Of(new ServiceEvent(ServiceEventType.Receive, receive.Id) { Receive = receive }));
    }

    [Fact]
    public void A_failure_is_told_once_in_its_own_words_without_what_could_do_harm()
    {
        var notices = new TransferNotices(English, [], []);
        var failed = Share with { State = ShareState.Failed, Error = new ErrorView("source.missing", "'a\u202Eb'\nis gone", ErrorKind.Storage) };

        var shown = notices.Of(Event(failed))!;

        Assert.Equal(("Not sent", "'a\uFFFDb' is gone", true), (shown.Title, shown.Body, shown.IsFailure));
        Assert.Null(notices.Of(Event(failed)));
    }

    [Fact]
    public void A_receive_that_failed_can_be_resumed_from_its_notification()
    {
        var receive = new ReceiveView { Id = "abcdef0123", State = ReceiveState.Failed, Created = default, Updated = default, Sender = "a", Hash = "b", Destination = "/in", Conflict = default, Notify = true, CanResume = true, Error = new ErrorView("peer.lost", "The sender is gone.", ErrorKind.Peer) };

        var shown = new TransferNotices(English, [], []).Of(new ServiceEvent(ServiceEventType.Receive, receive.Id) { Receive = receive })!;

        Assert.Equal(("Not received", "The sender is gone."), (shown.Title, shown.Body));
        Assert.Equal(NotificationActionKind.Resume, Assert.Single(shown.Actions).Kind);
    }

    [Theory]
    [InlineData(new string[0], "Title: a <b> & c", "")]
    [InlineData(new[] { "body" }, "Title", "a <b> & c")]
    [InlineData(new[] { "body", "body-markup" }, "Title", "a &lt;b&gt; &amp; c")]
    public void A_server_gets_texts_as_it_reads_them(string[] capabilities, string summary, string body) =>
        Assert.Equal((summary, body), FreedesktopNotifier.Texts(new Notification { Key = "", Title = "Title", Body = "a <b> & c" }, capabilities));

    [Fact]
    public async Task On_macOS_texts_are_arguments_and_never_part_of_the_script()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new AltSendme.TestKit.TemporaryFolder();
        var program = folder.Write("osascript", "#!/bin/sh\nfor argument; do printf '%s\\0' \"$argument\"; done > \"$0.said\"\n");
        File.SetUnixFileMode(program, (UnixFileMode)0b111_000_000);
        await using var notifier = new AppleNotifier(program);

        var isShown = await notifier.TryShowAsync(new Notification { Key = "", Title = "-e", Body = "\" & (do shell script \"touch /tmp/x\") & \"" }, CancellationToken.None);

        var said = (await File.ReadAllTextAsync(program + ".said")).Split('\0')[..^1];
        Assert.True(isShown);
        Assert.Equal(["--", "-e", "\" & (do shell script \"touch /tmp/x\") & \""], said[^3..]);
        Assert.DoesNotContain(said[..^3], static part => part.Contains("touch", StringComparison.Ordinal));
    }

    private static ServiceEvent Event(ShareView view) => new(ServiceEventType.Share, view.Id) { Share = view };
}
