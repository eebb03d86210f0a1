using AltSendme.Service.Client.Contract;
using AltSendme.TestKit;

namespace AltSendme.Browser.Tests;

/// <summary>Names that strangers chose are words on the page, whatever they look like.</summary>
[Collection(WindowTests.Name)]
public sealed class HostileNameTests(Chromium chromium) : IDisposable
{
    private const string Markup = "<img src=x onerror=\"document.title='owned'\">.txt";
    private const string Script = "<script>document.title='owned'</script>.txt";
    private const string Turned = "invoice\u202efdp.exe";
    private const string Hidden = "two\nlines\u200band a\u0007bell.txt";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ChromiumFact]
    public async Task Markup_is_text_and_what_the_eye_would_not_see_is_written_out()
    {
        foreach (var name in new[] { Markup, Script.Replace('/', '\u2215'), Turned, Hidden })
            File.WriteAllText(_folder.At("gift", name), "surprise");
        await using var sender = await Person.StartAsync(chromium, _folder.At("sender", "home"), Look.Light);
        await using var receiver = await Person.StartAsync(chromium, _folder.At("receiver", "home"), Look.Light);
        var ticket = (await sender.Client.CreateShareAsync(new ShareOrder { Paths = [Path.Combine(_folder.Path, "gift")] }, sender.Limit)).Ticket!;

        var receive = await receiver.OpenAsync(WindowPage.Receive, ticket);
        await receive.Button("Show what’s inside").ClickAsync();
        await receive.Locator(".files").SaysAsync(Markup);
        await receive.Locator(".notes").SaysAsync("invoice[U+202E]fdp.exe");
        await receive.Locator(".notes").SaysAsync("[U+000A]");
        Assert.Equal(0, await receive.Locator(".files img").CountAsync());
        Assert.DoesNotContain('\u202e', await receive.Locator("body").InnerTextAsync());
        await receive.InspectAsync("receive-hostile", Look.Light);
        await receive.Button("Receive").ClickAsync();
        await receive.Locator(".transfer").IsAsync("Received");

        Assert.Equal("Receive – AltSendme", await receive.TitleAsync());
    }

    [ChromiumFact]
    public async Task A_hostile_name_of_a_share_is_text_on_both_sides()
    {
        var file = _folder.Write(Turned, "surprise");
        await using var sender = await Person.StartAsync(chromium, _folder.At("sender", "home"), Look.Light);
        await sender.Client.CreateShareAsync(new ShareOrder { Paths = [file, _folder.Write(Markup, "more")] }, sender.Limit);

        var share = await sender.OpenAsync(WindowPage.Share);
        await share.Locator(".transfer h3").SaysAsync("invoice_fdp.exe");
        await share.Button("Stop sharing").ClickAsync();

        Assert.DoesNotContain('\u202e', await share.Locator("body").InnerTextAsync());
        Assert.Equal(0, await share.Locator("main img").CountAsync());
    }
}
