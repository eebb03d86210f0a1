using System.Buffers.Binary;
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
    public async Task Only_small_pictures_that_are_what_they_say_are_shown()
    {
        await using var person = await Person.StartAsync(chromium, _folder.At("home"), Look.Light);
        var receive = await person.OpenAsync(WindowPage.Receive);

        Assert.True(await IsShownAsync("image/png", Picture(64, 64)));
        Assert.False(await IsShownAsync("image/png", Picture(64, 50_000)));
        Assert.False(await IsShownAsync("image/jpeg", Picture(64, 64)));
        Assert.False(await IsShownAsync("image/png", Picture(64, 64)[..20]));
        Assert.False(await IsShownAsync("image/png", [.. Picture(64, 64), .. new byte[600_000]]));
        Assert.False(await IsShownAsync("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8.ToArray()));
        Assert.False(await IsShownAsync("text/html", "<script>alert(1)</script>"u8.ToArray()));

        Task<bool> IsShownAsync(string type, byte[] content) =>
            receive.EvaluateAsync<bool>("async url => (await import('/assets/thumbnail.js')).isSafe(url)", $"data:{type};base64,{Convert.ToBase64String(content)}");

        // What a PNG begins with, as far as its size.
        static byte[] Picture(int width, int height)
        {
            var header = new byte[33];
            byte[] start = [0x89, .. "PNG\r\n\u001a\n\0\0\0\rIHDR"u8];
            start.CopyTo(header, 0);
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(16), width);
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(20), height);
            return header;
        }
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
