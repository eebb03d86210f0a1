using AltSendme.Service.Client.Contract;
using AltSendme.TestKit;
using Microsoft.Playwright;

namespace AltSendme.Browser.Tests;

/// <summary>The job without a mouse. Every step is a key; what has the focus must be visible.</summary>
[Collection(WindowTests.Name)]
public sealed class KeyboardTests(Chromium chromium) : IDisposable
{
    private const int MaxSteps = 40;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ChromiumFact]
    public async Task A_text_is_shared_received_and_copied_with_the_keyboard_alone()
    {
        await using var sender = await Person.StartAsync(chromium, _folder.At("sender", "home"), Look.Light);
        await using var receiver = await Person.StartAsync(chromium, _folder.At("receiver", "home"), Look.Light);

        var share = await sender.OpenAsync(WindowPage.Share);
        await TabToAsync(share, AriaRole.Radio, "Files");
        await share.Keyboard.PressAsync("ArrowRight");
        await TabToAsync(share, AriaRole.Textbox, "Text");
        await share.Keyboard.TypeAsync("The meeting is at ten.\nBring the plan.");
        await TabToAsync(share, AriaRole.Button, "Share");
        await share.Keyboard.PressAsync("Enter");
        await share.Locator(".transfer").IsAsync("Waiting for receivers");
        await TabToAsync(share, AriaRole.Button, "Copy ticket");
        await share.Keyboard.PressAsync("Enter");
        await share.Button("Copied").WaitForAsync();

        var receive = await receiver.OpenAsync(WindowPage.Receive);
        await Assertions.Expect(receive.GetByLabel("Ticket")).ToBeFocusedAsync();
        await receive.Keyboard.PressAsync("Control+v");
        await receive.Keyboard.PressAsync("Enter");
        await receive.Locator(".preview").WaitForAsync();
        await TabToAsync(receive, AriaRole.Button, "Receive");
        await receive.Keyboard.PressAsync("Space");
        await receive.Locator(".transfer").IsAsync("Received");
        await receive.Locator(".text").SaysAsync("Bring the plan.");
        await TabToAsync(receive, AriaRole.Button, "Copy text");
        await receive.Keyboard.PressAsync("Enter");
        await receive.Button("Copied").WaitForAsync();

        Assert.Equal("The meeting is at ten.\nBring the plan.", await receive.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
        await receive.InspectAsync("receive-text", Look.Light);
    }

    [ChromiumFact]
    public async Task A_dialog_keeps_the_focus_inside_closes_with_Escape_and_gives_it_back()
    {
        var file = _folder.Write("plan.txt", "plan");
        await using var sender = await Person.StartAsync(chromium, _folder.At("sender", "home"), Look.Light);
        var made = await sender.Client.CreateShareAsync(new ShareOrder { Paths = [file] }, sender.Limit);
        var share = await sender.OpenAsync(WindowPage.Share, share: made.Id);

        await TabToAsync(share, AriaRole.Button, "Stop sharing");
        await share.Keyboard.PressAsync("Enter");
        var dialog = share.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.Button("Keep it")).ToBeFocusedAsync();
        for (var i = 0; i < 5; i++)
        {
            await share.Keyboard.PressAsync("Tab");
            Assert.True(await share.EvaluateAsync<bool>("() => document.activeElement === document.body || document.querySelector('dialog').contains(document.activeElement)"));
        }

        await share.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await Assertions.Expect(share.Button("Stop sharing")).ToBeFocusedAsync();
        await share.Locator(".transfer").IsAsync("Waiting for receivers");
    }

    // Goes on with Tab until it has the focus, and sees that whoever looks can tell.
    private static async Task TabToAsync(IPage window, AriaRole role, string name)
    {
        var target = window.GetByRole(role, new PageGetByRoleOptions { Name = name, Exact = true });
        await target.First.WaitForAsync();
        for (var step = 0; step < MaxSteps; step++)
        {
            await window.Keyboard.PressAsync("Tab");
            if (!await target.First.EvaluateAsync<bool>("element => element === document.activeElement"))
                continue;
            Assert.True(await target.First.EvaluateAsync<bool>("element => element.matches(':focus-visible') && [element, element.closest('label')].some(e => e && getComputedStyle(e).outlineStyle !== 'none')"), $"{name} has the focus, and nothing shows it.");
            return;
        }

        Assert.Fail($"{name} is not reached with Tab.");
    }
}
