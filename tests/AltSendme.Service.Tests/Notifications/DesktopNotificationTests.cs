using AltSendme.Service.Client.Contract;
using AltSendme.Service.DBus.Connection;
using AltSendme.Service.DBus.Values;
using AltSendme.Service.Notifications;
using AltSendme.Service.Tests.DBus;

namespace AltSendme.Service.Tests.Notifications;

/// <summary>From an order over the bus to what the user sees, with a notification server on the same bus.</summary>
public sealed class DesktopNotificationTests
{
    private static readonly byte[] Content = new byte[100_000];

    /// <summary>Notifications, and no attempt at a clipboard: tests have none of their own.</summary>
    private static readonly Dictionary<string, Variant> Told = new() { ["copy"] = false, ["notify"] = true };

    [BusFact]
    public async Task One_notification_follows_a_share_to_its_end()
    {
        await using var test = await BusTest.StartAsync();
        await using var server = await NotificationServer.StartAsync(test.Bus, test.Token);
        await using var receiver = await ServiceHarness.StartAsync(test.Service.Network);

        var ticket = await test.Client.SendAsync([test.Uri("report.pdf", Content)], Told, test.Token);
        await receiver.OrderAsync(ticket);
        var first = await server.NextAsync(test.Token);
        var second = await server.NextAsync(test.Token);

        Assert.Equal(("A receiver has connected", "report.pdf is on its way."), (first.Summary, first.Body));
        Assert.Equal(("Delivered", "report.pdf was received in full and verified."), (second.Summary, second.Body));
        Assert.Equal((0u, first.Id), (first.Replaced, second.Replaced));
        Assert.Equal(["ShowShare", "Show share", "StopShare", "Stop sharing"], first.Actions);
        Assert.Empty(second.Actions);
        Assert.Equal(((byte)1, "transfer.complete", "org.altsendme.AltSendme"), (first.Hints["urgency"], first.Hints["category"], first.Hints["desktop-entry"]));
    }

    [BusFact]
    public async Task A_button_ends_the_share()
    {
        await using var test = await BusTest.StartAsync();
        await using var server = await NotificationServer.StartAsync(test.Bus, test.Token);
        var shown = await ShowAsync(test, server);

        server.Choose(shown.Id, "StopShare");

        await foreach (var _ in test.Service.Client.EventsAsync(cancellationToken: test.Token))
        {
            if ((await test.Service.Client.SharesAsync(test.Token)).Count == 0)
                return;
        }

        Assert.Fail("The service ended.");
    }

    [BusFact]
    public async Task Nobody_but_the_server_can_press_a_button()
    {
        await using var test = await BusTest.StartAsync();
        await using var server = await NotificationServer.StartAsync(test.Bus, test.Token);
        var shown = await ShowAsync(test, server);

        test.Client.Connection.Send(BusMessage.Signal(FreedesktopNotifier.Path, FreedesktopNotifier.Name, "ActionInvoked", "us", shown.Id, "StopShare"));
        test.Client.Connection.Send(BusMessage.Signal(FreedesktopNotifier.Path, FreedesktopNotifier.Name, "NotificationClosed", "uu", shown.Id, 2u));
        await test.Client.CallAsync("ListShares", "", test.Token);

        Assert.Equal(ShareState.Sharing, Assert.Single(await test.Service.Client.SharesAsync(test.Token)).State);
    }

    [BusFact]
    public async Task One_that_was_closed_is_not_replaced()
    {
        await using var test = await BusTest.StartAsync();
        await using var server = await NotificationServer.StartAsync(test.Bus, test.Token);
        await using var receiver = await ServiceHarness.StartAsync(test.Service.Network);
        var shown = await ShowAsync(test, server);
        var ticket = Assert.Single(await test.Service.Client.SharesAsync(test.Token)).Ticket!;

        await server.CloseAsync(shown.Id, test.Token);
        await test.Client.CallAsync("ListShares", "", test.Token);
        await receiver.OrderAsync(ticket);
        var next = await server.NextAsync(test.Token);

        Assert.Equal(("Delivered", 0u), (next.Summary, next.Replaced));
    }

    [BusFact]
    public async Task What_can_not_be_sent_is_named_in_a_notification()
    {
        await using var test = await BusTest.StartAsync();
        await using var server = await NotificationServer.StartAsync(test.Bus, test.Token);

        await Assert.ThrowsAsync<BusException>(() => test.Client.SendAsync(["file:///nowhere/a<b>&c.pdf"], Told, test.Token));
        var missing = await server.NextAsync(test.Token);
        await Assert.ThrowsAsync<BusException>(() => test.Client.SendAsync(["smb://server/report.pdf"], Told, test.Token));
        var remote = await server.NextAsync(test.Token);

        Assert.Equal("Not sent", missing.Summary);
        Assert.Contains("a&lt;b&gt;&amp;c.pdf", missing.Body, StringComparison.Ordinal);
        Assert.Equal("transfer.error", missing.Hints["category"]);
        Assert.Equal("'report.pdf' is not on this computer (smb). Copy it here first, then send the copy.", remote.Body);
    }

    [BusFact]
    public async Task A_receive_is_told_of_with_its_folder()
    {
        await using var test = await BusTest.StartAsync();
        await using var server = await NotificationServer.StartAsync(test.Bus, test.Token);
        await using var sender = await ServiceHarness.StartAsync(test.Service.Network);
        var share = await sender.ShareAsync("report.pdf", Content);

        await test.Client.CallAsync("Receive", "sa{sv}", test.Token, share.Ticket!, new Dictionary<string, Variant> { ["destination"] = test.Service.Downloads });
        var shown = await server.NextAsync(test.Token);

        Assert.Equal(("Received", $"report.pdf is in {test.Service.Downloads}."), (shown.Summary, shown.Body));
        Assert.Equal(["OpenFolder", "Open folder"], shown.Actions);
    }

    [BusFact]
    public async Task Who_did_not_ask_for_notifications_gets_none()
    {
        await using var test = await BusTest.StartAsync();
        await using var server = await NotificationServer.StartAsync(test.Bus, test.Token);

        await Assert.ThrowsAsync<BusException>(() => test.Client.SendAsync(["file:///nowhere"], BusClient.Quiet, test.Token));
        await Assert.ThrowsAsync<BusException>(() => test.Client.SendAsync(["file:///somewhere"], Told, test.Token));

        Assert.Contains("somewhere", (await server.NextAsync(test.Token)).Body, StringComparison.Ordinal);
        Assert.False(server.HasMore);
    }

    [BusTheory]
    [InlineData("failures", "Not sent")]
    [InlineData("off", null)]
    public async Task The_setting_holds(string level, string? expected)
    {
        await using var test = await BusTest.StartAsync(settings: $$"""{ "Service": { "Notifications": "{{level}}" } }""");
        await using var server = await NotificationServer.StartAsync(test.Bus, test.Token);
        await using var receiver = await ServiceHarness.StartAsync(test.Service.Network);
        var ticket = await test.Client.SendAsync([test.Uri("report.pdf", Content)], Told, test.Token);
        await test.Service.UntilShareAsync(Assert.Single(await test.Service.Client.SharesAsync(test.Token)).Id, static _ => true);
        await receiver.UntilAsync((await receiver.OrderAsync(ticket)).Id, static view => view.State == ReceiveState.Completed);

        await Assert.ThrowsAsync<BusException>(() => test.Client.SendAsync(["file:///nowhere"], Told, test.Token));

        if (expected is not null)
            Assert.Equal(expected, (await server.NextAsync(test.Token)).Summary);
        Assert.False(server.HasMore);
    }

    [BusFact]
    public async Task A_server_that_never_answers_keeps_nobody_waiting()
    {
        await using var test = await BusTest.StartAsync();
        await using var server = await NotificationServer.StartAsync(test.Bus, test.Token, isSilent: true);

        await Assert.ThrowsAsync<BusException>(() => test.Client.SendAsync(["file:///nowhere"], Told, test.Token));
        var ticket = await test.Client.SendAsync([test.Uri("report.pdf", Content)], Told, test.Token);

        Assert.StartsWith("blob", ticket, StringComparison.Ordinal);
        await test.Service.StopAsync();
        await test.Service.StartAsync();
    }

    [BusFact]
    public async Task Without_a_server_the_share_is_made_all_the_same()
    {
        await using var test = await BusTest.StartAsync();

        Assert.StartsWith("blob", await test.Client.SendAsync([test.Uri("report.pdf", Content)], Told, test.Token), StringComparison.Ordinal);
    }

    private static async Task<ShownNotification> ShowAsync(BusTest test, NotificationServer server)
    {
        await using var receiver = await ServiceHarness.StartAsync(test.Service.Network);
        var ticket = await test.Client.SendAsync([test.Uri("report.pdf", Content)], new Dictionary<string, Variant>(Told) { ["broadcast"] = true }, test.Token);
        await receiver.UntilAsync((await receiver.OrderAsync(ticket)).Id, static view => view.State == ReceiveState.Completed);
        await server.NextAsync(test.Token);
        return await server.NextAsync(test.Token);
    }
}
