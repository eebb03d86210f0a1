using AltSendme.Service.Client.Contract;
using AltSendme.TestKit;
using Microsoft.Playwright;

namespace AltSendme.Browser.Tests;

/// <summary>The whole job by clicking: two services, two windows.</summary>
[Collection(WindowTests.Name)]
public sealed class TransferTests(Chromium chromium) : IDisposable
{
    private const int Size = 16 << 20;
    private const int BytesPerSecond = 2 << 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ChromiumFact]
    public async Task A_file_is_shared_cancelled_at_forty_percent_resumed_and_received_whole()
    {
        var content = new byte[Size];
        new Random(7).NextBytes(content);
        var file = _folder.Write("holiday video.bin", content);
        await using var sender = await Person.StartAsync(chromium, _folder.At("sender", "home"), Look.Light, ("ALTSENDME_Limits__SendBytesPerSecond", $"{BytesPerSecond}"));
        await using var receiver = await Person.StartAsync(chromium, _folder.At("receiver", "home"), Look.Light);

        var share = await sender.OpenAsync(WindowPage.Share);
        await share.ChooseAsync("Choose files", file);
        await share.Locator(".files").SaysAsync("holiday video.bin");
        await share.InspectAsync("share-chosen", Look.Light);
        await share.Locator("form, .card").First.Button("Share").ClickAsync();
        var shareCard = share.Locator(".transfer");
        await shareCard.IsAsync("Waiting for receivers");
        await share.Locator("img.qr").WaitForAsync();
        await share.InspectAsync("share-ticket", Look.Light);
        await shareCard.Button("Copy ticket").ClickAsync();
        await shareCard.Button("Copied").WaitForAsync();

        var receive = await receiver.OpenAsync(WindowPage.Receive);
        await receive.InspectAsync("receive-empty", Look.Light);
        await receive.Button("Take it from the clipboard").ClickAsync();
        await Assertions.Expect(receive.Locator("textarea.ticket")).ToHaveValueAsync((await sender.Client.SharesAsync(sender.Limit))[0].Ticket!);
        await receive.Button("Show what’s inside").ClickAsync();
        await receive.Locator(".files").SaysAsync("holiday video.bin");
        await receive.Locator(".sum").SaysAsync("16.8 MB");
        await receive.InspectAsync("receive-preview", Look.Light);
        await receive.Button("Receive").ClickAsync();

        var card = receive.Locator(".transfer");
        await card.IsAsync("Receiving");
        var id = (await receiver.Client.ReceivesAsync(receiver.Limit))[0].Id;
        await receiver.Service.UntilAsync(id, static view => view.Bytes > 0.38 * Size, receiver.Limit);
        await card.Locator(".line").SaysAsync("Direct");
        await card.Locator(".line").SaysAsync("MB/s");
        await share.Locator(".receivers").SaysAsync("Receiving");
        await card.Button("Cancel").ClickAsync();
        await card.IsAsync("Cancelled");
        Assert.InRange(await card.Locator("progress").EvaluateAsync<double>("bar => bar.value"), 0.35, 0.95);
        await receive.InspectAsync("receive-cancelled", Look.Light);

        await card.Button("Resume").ClickAsync();
        await receiver.Service.UntilAsync(id, static view => view.State != ReceiveState.Cancelled, receiver.Limit);
        await receive.InspectAsync("receive-running", Look.Light);
        await share.InspectAsync("share-sending", Look.Light);
        await card.IsAsync("Received");
        await receive.InspectAsync("receive-completed", Look.Light);
        Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(receiver.Downloads, "holiday video.bin")));
        await shareCard.IsAsync("Ended");
        await shareCard.Button("Remove from the list").ClickAsync();
        await share.GetByText("You share nothing right now.").WaitForAsync();
    }

    [ChromiumFact]
    public async Task A_folder_is_shared_with_everything_in_it_and_received_into_another_folder_which_is_remembered()
    {
        _folder.Write("photos/beach.txt", "sand");
        _folder.Write("photos/2026/lake.txt", "water");
        await using var sender = await Person.StartAsync(chromium, _folder.At("sender", "home"), Look.Light);
        await using var receiver = await Person.StartAsync(chromium, _folder.At("receiver", "home"), Look.Light);
        Directory.CreateDirectory(Path.Combine(receiver.Home, "Pictures"));

        var share = await sender.OpenAsync(WindowPage.Share);
        await share.ChooseAsync("Choose a folder", Path.Combine(_folder.Path, "photos"));
        await share.GetByLabel("Several people").CheckAsync();
        await share.Locator(".card").First.Button("Share").ClickAsync();
        await share.Locator(".transfer").IsAsync("Waiting for receivers");

        var receive = await receiver.OpenAsync(WindowPage.Receive, await share.Locator(".transfer textarea").InputValueAsync());
        await receive.Button("Show what’s inside").ClickAsync();
        await receive.Button("Change…").ClickAsync();
        var dialog = receive.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Path").FillAsync(receiver.Home);
        await dialog.GetByLabel("Path").PressAsync("Enter");
        await receive.InspectAsync("folder-dialog", Look.Light);
        await dialog.Button("Pictures").ClickAsync();
        await Assertions.Expect(dialog.GetByLabel("Path")).ToHaveValueAsync(Path.Combine(receiver.Home, "Pictures"));
        await dialog.Button("Use this folder").ClickAsync();
        await receive.Locator(".facts").SaysAsync("Pictures");
        await receive.Button("Receive").ClickAsync();
        await receive.Locator(".transfer").IsAsync("Received");

        Assert.Equal("water", await File.ReadAllTextAsync(Path.Combine(receiver.Home, "Pictures", "photos", "2026", "lake.txt")));
        await share.Locator(".receivers").SaysAsync("Has everything");
        var settings = await receiver.OpenAsync(WindowPage.Settings);
        await settings.Locator(".path", new PageLocatorOptions { HasTextString = "Pictures" }).WaitForAsync();
        await share.Button("Stop sharing").ClickAsync();
        await share.InspectAsync("stop-dialog", Look.Light);
        await share.GetByRole(AriaRole.Dialog).Button("Stop sharing").ClickAsync();
        await share.GetByText("You share nothing right now.").WaitForAsync();
    }

    [ChromiumFact]
    public async Task A_receive_waits_for_a_sender_who_is_away()
    {
        var file = _folder.Write("late.txt", "better late than never");
        await using var sender = await Person.StartAsync(chromium, _folder.At("sender", "home"), Look.Light);
        await using var receiver = await Person.StartAsync(chromium, _folder.At("receiver", "home"), Look.Light, Person.Impatient);
        var ticket = (await sender.Client.CreateShareAsync(new ShareOrder { Paths = [file] }, sender.Limit)).Ticket!;
        await sender.Service.KillAsync(sender.Limit);

        var receive = await receiver.OpenAsync(WindowPage.Receive, ticket);
        await receive.Button("Show what’s inside").ClickAsync();
        await receive.GetByRole(AriaRole.Alert).SaysAsync("The sender can’t be reached.");
        await receive.InspectAsync("receive-unreachable", Look.Light);
        await receive.Button("Wait for the sender").ClickAsync();
        var card = receive.Locator(".transfer");
        await card.IsAsync("Waiting for the sender");
        await receive.InspectAsync("receive-waiting", Look.Light);
        await sender.Service.StartAsync(sender.Limit);
        await sender.Service.UntilShareAsync((await sender.Client.SharesAsync(sender.Limit))[0].Id, static share => share.State == ShareState.Sharing, sender.Limit);
        await card.IsAsync("Received");

        Assert.Equal("better late than never", await File.ReadAllTextAsync(Path.Combine(receiver.Downloads, "late.txt")));
    }
}
