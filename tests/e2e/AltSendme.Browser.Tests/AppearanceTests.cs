using AltSendme.Service.Client.Contract;
using AltSendme.TestKit;
using Microsoft.Playwright;

namespace AltSendme.Browser.Tests;

/// <summary>Every window in light and dark, at 360 pixels, and from right to left: accessible, and never wider than the window. Pictures are kept, for people to look at.</summary>
[Collection(WindowTests.Name)]
public sealed class AppearanceTests(Chromium chromium) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<Look> Looks => [Look.Dark, Look.Narrow, Look.Arabic];

    public void Dispose() => _folder.Dispose();

    [ChromiumTheory]
    [MemberData(nameof(Looks), DisableDiscoveryEnumeration = true)]
    public async Task Every_window_is_accessible_and_fits(Look look)
    {
        await using var sender = await Person.StartAsync(chromium, _folder.At("sender", "home"), look, ("ALTSENDME_Limits__SendBytesPerSecond", "2000000"));
        await using var receiver = await Person.StartAsync(chromium, _folder.At("receiver", "home"), look, Person.Impatient);
        var running = await ShareAsync(sender, _folder.Write("Ein sehr langer Name ohne Ende, wie ihn Leute aus Büros so gern vergeben, Fassung 12 (endgültig).bin", new byte[12 << 20]));
        var done = await ShareAsync(sender, _folder.Write("minutes.txt", "minutes"));
        var away = await ShareAsync(sender, _folder.Write("away.txt", "away"));
        await sender.Client.StopShareAsync((await sender.Client.SharesAsync(sender.Limit))[^1].Id, sender.Limit);
        var first = await receiver.Client.StartReceiveAsync(new ReceiveOrder { Tickets = [running] }, receiver.Limit);
        await receiver.Service.UntilAsync(first.Id, static view => view.Bytes > 0, receiver.Limit);
        await receiver.Client.CancelReceiveAsync(first.Id, receiver.Limit);
        var second = await receiver.Client.StartReceiveAsync(new ReceiveOrder { Tickets = [done] }, receiver.Limit);
        await receiver.Service.UntilAsync(second.Id, static view => view.State == ReceiveState.Completed, receiver.Limit);
        var third = await receiver.Client.StartReceiveAsync(new ReceiveOrder { Tickets = [away] }, receiver.Limit);
        await receiver.Service.UntilAsync(third.Id, static view => view.State == ReceiveState.Failed, receiver.Limit);

        var receive = await receiver.OpenAsync(WindowPage.Receive, running);
        await Assertions.Expect(receive.Locator(".transfer")).ToHaveCountAsync(3);
        await receive.InspectAsync("receive", look);
        await receive.Locator(".ticket-form .primary").ClickAsync();
        await receive.Locator(".preview h2").WaitForAsync();
        await receive.InspectAsync("preview", look);
        await receive.Locator(".facts button").ClickAsync();
        await receive.Locator("dialog .folders, dialog .problem").First.WaitForAsync();
        await receive.InspectAsync("folder", look);
        await receive.Keyboard.PressAsync("Escape");

        var share = await sender.OpenAsync(WindowPage.Share, share: (await sender.Client.SharesAsync(sender.Limit))[0].Id);
        await share.Locator("img.qr").WaitForAsync();
        await share.Locator(".card details summary").First.ClickAsync();
        await share.InspectAsync("share", look);

        var settings = await receiver.OpenAsync(WindowPage.Settings);
        await settings.Locator("#relays-custom").CheckAsync();
        await settings.InspectAsync("settings", look);
        Assert.Equal(look.Locale.StartsWith("ar", StringComparison.Ordinal) ? "rtl" : "ltr", await settings.EvaluateAsync<string>("() => document.documentElement.dir"));
    }

    private static async Task<string> ShareAsync(Person sender, string path) => (await sender.Client.CreateShareAsync(new ShareOrder { Paths = [path] }, sender.Limit)).Ticket!;
}
