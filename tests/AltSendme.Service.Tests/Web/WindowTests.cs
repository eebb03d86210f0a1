using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Events;
using AltSendme.Service.Web;
using AltSendme.Service.Web.Folders;
using Microsoft.Extensions.DependencyInjection;

namespace AltSendme.Service.Tests.Web;

public sealed class WindowTests
{
    [Fact]
    public async Task A_window_learns_where_it_is()
    {
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);
        var request = browser.Request(HttpMethod.Get, "/api/web/me");
        request.Headers.Add("Accept-Language", "en;q=0.5, de-AT, fr;q=0.9, *;q=0.1");

        var me = await BrowserStand.JsonAsync(await browser.SendAsync(request));

        Assert.Equal(["de-AT", "fr", "en"], me.GetProperty("languages").EnumerateArray().Take(3).Select(static tag => tag.GetString()));
        Assert.Equal(OperatingSystem.IsLinux(), me.GetProperty("platform").GetString() == "linux");
        Assert.Equal(ShareOrder.MaxPaths, me.GetProperty("limits").GetProperty("paths").GetInt32());
        Assert.True(Path.IsPathFullyQualified(me.GetProperty("destination").GetString()!));
    }

    [Fact]
    public async Task Two_windows_at_once_see_the_same()
    {
        await using var service = await ServiceHarness.StartAsync();
        using var sending = await BrowserStand.OpenAsync(service, new WindowOrder { Page = WindowPage.Share });
        using var receiving = await BrowserStand.OpenAsync(service, new WindowOrder { Page = WindowPage.Receive });
        await using var events = await EventsAsync(receiving);
        Assert.Equal("reset", (await events.NextAsync(service.Token)).GetProperty("type").GetString());

        var share = await BrowserStand.JsonAsync(await sending.PostAsync("/api/v1/shares", """{"text":"hello"}"""));
        var ticket = share.GetProperty("ticket").GetString();
        var seen = await events.UntilAsync(value => value.TryGetProperty("share", out var view) && view.TryGetProperty("ticket", out var text) && text.GetString() == ticket, service.Token);
        var order = JsonSerializer.Serialize(new { tickets = new[] { ticket }, destination = service.Downloads });
        var receive = await BrowserStand.JsonAsync(await receiving.PostAsync("/api/v1/receives", order));
        await service.UntilAsync(receive.GetProperty("id").GetString()!, static view => view.State == ReceiveState.Completed);

        Assert.Equal(share.GetProperty("id").GetString(), seen.GetProperty("subject").GetString());
        Assert.Equal("hello", await File.ReadAllTextAsync(Path.Combine(service.Downloads, "text.txt")));
    }

    [Fact]
    public async Task A_window_that_hears_ten_thousand_events_is_told_what_it_missed_and_goes_on()
    {
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);
        await using var events = await EventsAsync(browser);
        await events.NextAsync(service.Token);
        var ring = service.Host.Services.GetRequiredService<EventRing>();

        for (var i = 0; i < 10_000; i++)
            ring.Publish(new ServiceEvent(ServiceEventType.ShareRemoved, $"{i}"));
        JsonElement heard;
        do
        {
            // Whatever was missed, a reset says so, and what follows is heard.
            ring.Publish(new ServiceEvent(ServiceEventType.ShareRemoved, "last"));
            heard = await events.UntilAsync(static value => !value.TryGetProperty("subject", out var subject) || subject.GetString() == "last", service.Token);
        }
        while (!heard.TryGetProperty("subject", out _));

        Assert.Equal("share-removed", heard.GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_window_can_not_end_the_service_or_open_others()
    {
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);

        using var stop = await browser.PostAsync("/api/v1/stop", "{}");
        using var window = await browser.PostAsync("/api/v1/windows", "{}");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (stop.StatusCode, window.StatusCode));
    }

    [Fact]
    public async Task A_hostile_name_reaches_a_window_as_json_text()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);
        const string Name = "<img src=x onerror=alert(1)>\u202E\u0007.txt";
        await service.ShareAsync(Name, "x"u8);

        using var response = await browser.GetAsync("/api/v1/shares");
        var raw = await response.Content.ReadAsStringAsync(service.Token);

        Assert.Equal(("application/json", "nosniff"), (response.Content.Headers.ContentType?.MediaType, response.Headers.GetValues("X-Content-Type-Options").Single()));
        Assert.DoesNotContain(raw, static c => c is '<' or '>' or '\u202E' or '\u0007');
        Assert.EndsWith(".txt", JsonDocument.Parse(raw).RootElement[0].GetProperty("name").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ticket_is_shown_as_a_code_unless_it_is_too_long()
    {
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);
        var share = await service.Client.CreateShareAsync(new ShareOrder { Text = "x" }, service.Token);

        using var response = await browser.GetAsync($"/api/web/shares/{share.Id}/qr");
        var svg = XDocument.Parse(await response.Content.ReadAsStringAsync(service.Token));

        Assert.Equal("image/svg+xml", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(2, svg.Root!.Elements().Count());
        Assert.Equal((404, ServiceCodes.NotFound), await BrowserStand.ErrorAsync(await browser.GetAsync("/api/web/shares/0123456789/qr")));
        QrImage.ToSvg(new string('a', QrImage.MaxLength));
        Assert.Equal(ServiceCodes.TooLong, Assert.Throws<ServiceException>(() => QrImage.ToSvg(new string('a', QrImage.MaxLength + 1))).Code);
    }

    [Fact]
    public async Task Folders_are_listed_and_made()
    {
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);
        service.Folder.Write("pick/a.txt", "abc"u8);
        service.Folder.Write("pick/.hidden", "abc"u8);
        var folder = Path.Combine(service.Folder.Path, "pick");

        var made = await BrowserStand.JsonAsync(await browser.PostAsync("/api/web/folders", JsonSerializer.Serialize(new { parent = folder, name = "New folder" })));
        var view = await BrowserStand.JsonAsync(await browser.GetAsync($"/api/web/folders?path={Uri.EscapeDataString(folder)}&files=true"));
        var all = await BrowserStand.JsonAsync(await browser.GetAsync($"/api/web/folders?path={Uri.EscapeDataString(folder)}&files=true&hidden=true"));
        var home = await BrowserStand.JsonAsync(await browser.GetAsync("/api/web/folders"));

        Assert.Equal(Path.Combine(folder, "New folder"), made.GetProperty("path").GetString());
        Assert.Equal(["New folder"], Names(view, "folders"));
        Assert.Equal(["a.txt"], Names(view, "files"));
        Assert.Equal([".hidden", "a.txt"], Names(all, "files"));
        Assert.Equal(3, view.GetProperty("files")[0].GetProperty("bytes").GetInt64());
        Assert.True(view.GetProperty("canWrite").GetBoolean());
        Assert.True(view.GetProperty("freeBytes").GetInt64() > 0);
        Assert.Contains(home.GetProperty("places").EnumerateArray(), static place => place.GetProperty("kind").GetString() == "home");
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("a\u202Eb")]
    [InlineData("a\nb")]
    [InlineData(" a")]
    public async Task A_folder_has_a_plain_name(string name)
    {
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);

        var (status, code) = await BrowserStand.ErrorAsync(await browser.PostAsync("/api/web/folders", JsonSerializer.Serialize(new { parent = service.Folder.Path, name })));

        Assert.Equal((400, ServiceCodes.BadRequest), (status, code));
    }

    [Theory]
    [InlineData("relative", 400)]
    [InlineData("", 400)]
    [InlineData("/does/not/exist", 422)]
    [InlineData("/etc/passwd", 422)]
    public async Task A_folder_that_is_none_is_not_shown(string path, int status)
    {
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);

        var (answer, _) = await BrowserStand.ErrorAsync(await browser.GetAsync($"/api/web/folders?path={Uri.EscapeDataString(path)}"));

        Assert.Equal(status, answer);
    }

    [Fact]
    public async Task Only_the_folder_of_a_finished_receive_is_opened()
    {
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);
        var waiting = await service.OrderAsync((await DeadTicketAsync()).Ticket!, service.Clock.GetUtcNow().AddDays(1));

        Assert.Equal((409, ServiceCodes.Conflict), await BrowserStand.ErrorAsync(await browser.SendAsync(browser.Request(HttpMethod.Post, $"/api/web/receives/{waiting.Id}/open"))));
        Assert.Equal((404, ServiceCodes.NotFound), await BrowserStand.ErrorAsync(await browser.SendAsync(browser.Request(HttpMethod.Post, "/api/web/receives/%2Fetc/open"))));
    }

    [Fact]
    public void What_a_dialog_says_is_taken_as_paths_only() => Assert.Equal(["/a b", "/c|d"], NativeDialog.Paths("/a b\n/c|d\nrelative\n\n"));

    private static async Task<ShareView> DeadTicketAsync()
    {
        await using var gone = await ServiceHarness.StartAsync();
        return await gone.ShareAsync("gone.txt", "x"u8);
    }

    private static IEnumerable<string?> Names(JsonElement view, string list) => view.GetProperty(list).EnumerateArray().Select(static entry => entry.GetProperty("name").GetString());

    private static async Task<EventReader> EventsAsync(BrowserStand browser)
    {
        var request = browser.Request(HttpMethod.Get, "/api/v1/events");
        var response = await browser.SendAsync(request, onlyHead: true);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new EventReader(response, await response.Content.ReadAsStreamAsync());
    }
}
