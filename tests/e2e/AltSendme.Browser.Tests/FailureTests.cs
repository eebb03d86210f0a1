using AltSendme.Service.Client.Contract;
using AltSendme.TestKit;
using Microsoft.Playwright;

namespace AltSendme.Browser.Tests;

/// <summary>Whatever goes wrong is said in words, with what to do, beside what went wrong.</summary>
[Collection(WindowTests.Name)]
public sealed class FailureTests(Chromium chromium) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ChromiumFact]
    public async Task A_ticket_that_is_none_is_told_from_one_that_is_damaged_or_missing()
    {
        await using var receiver = await Person.StartAsync(chromium, _folder.At("home"), Look.Light);
        var receive = await receiver.OpenAsync(WindowPage.Receive);

        await FailsAsync(receive, "", "There is no ticket here yet.");
        await FailsAsync(receive, "blobabc", "damaged or incomplete");
        await FailsAsync(receive, "https://example.org/share/42", "This is not a ticket for files.");
        await FailsAsync(receive, $"blob{new string('a', 120)}", "damaged or incomplete");
        await receive.InspectAsync("receive-damaged", Look.Light);
        await receive.GetByText("Details").ClickAsync();

        await Assertions.Expect(receive.Locator("details code")).ToContainTextAsync("ticket.");
        await Assertions.Expect(receive.GetByLabel("Ticket")).ToHaveValueAsync($"blob{new string('a', 120)}");
    }

    [ChromiumFact]
    public async Task A_sender_who_stops_is_named_as_that()
    {
        await using var sender = await Person.StartAsync(chromium, _folder.At("sender", "home"), Look.Light, ("ALTSENDME_Limits__SendBytesPerSecond", "1000000"));
        await using var receiver = await Person.StartAsync(chromium, _folder.At("receiver", "home"), Look.Light);
        var view = await sender.Client.CreateShareAsync(new ShareOrder { Paths = [_folder.Write("long.bin", new byte[32 << 20])] }, sender.Limit);
        var receive = await receiver.OpenAsync(WindowPage.Receive, view.Ticket);
        await receive.Button("Show what’s inside").ClickAsync();
        await receive.Locator(".preview").WaitForAsync();
        await receive.Button("Receive").ClickAsync();
        var card = receive.Locator(".transfer");
        await card.IsAsync("Receiving");
        await receiver.Service.UntilAsync((await receiver.Client.ReceivesAsync(receiver.Limit))[0].Id, static receive => receive.Bytes > 0, receiver.Limit);
        await sender.Client.StopShareAsync(view.Id, sender.Limit);

        await card.IsAsync("Failed");
        await card.Locator(".problem").SaysAsync("The sender stopped the share.");
        await receive.InspectAsync("receive-failed", Look.Light);
        await card.Button("Discard").ClickAsync();
        await receive.GetByRole(AriaRole.Dialog).Button("Discard").ClickAsync();
        await receive.GetByText("Nothing here yet.").WaitForAsync();
    }

    [ChromiumFact]
    public async Task A_folder_that_is_no_folder_and_a_share_of_nothing_are_refused_before_anything_is_done()
    {
        await using var sender = await Person.StartAsync(chromium, _folder.At("sender", "home"), Look.Light);
        await using var receiver = await Person.StartAsync(chromium, _folder.At("receiver", "home"), Look.Light);
        var ticket = (await sender.Client.CreateShareAsync(new ShareOrder { Paths = [_folder.Write("one.txt", "one")] }, sender.Limit)).Ticket!;

        var share = await sender.OpenAsync(WindowPage.Share);
        await share.Locator(".card").First.Button("Share").ClickAsync();
        await share.GetByRole(AriaRole.Alert).SaysAsync("Choose a file or folder first.");
        await share.GetByText("Text", new PageGetByTextOptions { Exact = true }).First.ClickAsync();
        await share.Locator(".card").First.Button("Share").ClickAsync();
        await share.GetByRole(AriaRole.Alert).SaysAsync("Write a text first.");

        var receive = await receiver.OpenAsync(WindowPage.Receive, ticket);
        await receive.Button("Show what’s inside").ClickAsync();
        await receive.Button("Change…").ClickAsync();
        var dialog = receive.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Path").FillAsync("/nowhere/at/all");
        await dialog.Button("Use this folder").ClickAsync();
        await dialog.Locator(".problem").WaitForAsync();
        await receive.InspectAsync("folder-missing", Look.Light);
        await receive.Keyboard.PressAsync("Escape");
        await receive.Locator(".preview").WaitForAsync();
    }

    [ChromiumFact]
    public async Task An_upload_that_is_cancelled_leaves_nothing_behind_and_can_be_begun_again()
    {
        await using var sender = await Person.StartAsync(chromium, _folder.At("home"), Look.Light);
        var share = await sender.OpenAsync(WindowPage.Share);
        var arrived = new TaskCompletionSource();
        await share.RouteAsync("**/files?*", _ => arrived.TrySetResult());

        await share.ChooseAsync("Choose files", _folder.Write("slow.bin", "slow"));
        await share.Locator(".card").First.Button("Share").ClickAsync();
        await share.GetByText("Preparing your files…").WaitForAsync();
        await arrived.Task.WaitAsync(sender.Limit);
        await share.InspectAsync("share-upload", Look.Light);
        await share.RunAndWaitForResponseAsync(() => share.Button("Cancel").ClickAsync(), static answer => answer.Request.Method == "DELETE" && answer.Ok);
        await share.UnrouteAllAsync();
        await share.Locator(".files").SaysAsync("slow.bin");
        await share.Locator(".card").First.Button("Share").ClickAsync();
        await share.Locator(".transfer").IsAsync("Waiting for receivers");
    }

    [ChromiumFact]
    public async Task A_window_says_when_the_service_is_gone_and_a_stranger_is_not_let_in()
    {
        await using var person = await Person.StartAsync(chromium, _folder.At("home"), Look.Light);
        var share = await person.OpenAsync(WindowPage.Share);
        var origin = new Uri(share.Url);
        await share.Context.ClearCookiesAsync();
        await share.GotoAsync($"{origin.GetLeftPart(UriPartial.Authority)}/share");
        await share.GetByText("This window is not let in any more.").WaitForAsync();
        await share.InspectAsync("denied", Look.Light);

        var receive = await person.OpenAsync(WindowPage.Receive);
        await receive.GetByText("Nothing here yet.").WaitForAsync();
        await person.Service.KillAsync(person.Limit);
        await receive.Locator(".banner").SaysAsync("AltSendme doesn’t answer any more.");
        await receive.InspectAsync("service-gone", Look.Light);
    }

    private static async Task FailsAsync(IPage receive, string ticket, string sentence)
    {
        await receive.GetByLabel("Ticket").FillAsync(ticket);
        await receive.Button("Show what’s inside").ClickAsync();
        await receive.Locator("[role=alert] .problem").SaysAsync(sentence);
    }
}
