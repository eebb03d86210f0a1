using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AltSendme.Core.Errors;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;

namespace AltSendme.Service.Tests.Web;

public sealed class UploadTests
{
    [Fact]
    public async Task What_was_uploaded_is_shared_with_its_folders_and_goes_with_the_share()
    {
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);
        var content = RandomNumberGenerator.GetBytes(3_000_000);
        var spool = await BeginAsync(browser);
        await BrowserStand.JsonAsync(await PutAsync(browser, spool, "trip/one.bin", 0, content));
        await BrowserStand.JsonAsync(await PutAsync(browser, spool, "trip/deep/empty.txt", 0, []));

        var share = await BrowserStand.JsonAsync(await browser.PostAsync($"/api/web/spools/{spool}/share", "{}"));
        var receive = await service.OrderAsync(share.GetProperty("ticket").GetString()!);
        await service.UntilAsync(receive.Id, static view => view.State == ReceiveState.Completed);

        Assert.Equal("trip", share.GetProperty("name").GetString());
        Assert.Equal(0, share.GetProperty("paths").GetArrayLength());
        Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(service.Downloads, "trip", "one.bin")));
        Assert.Empty(await File.ReadAllBytesAsync(Path.Combine(service.Downloads, "trip", "deep", "empty.txt")));
        await service.UntilShareAsync(share.GetProperty("id").GetString()!, static view => view.State == ShareState.Ended);
        Assert.Empty(Leftovers(service));
    }

    [Fact]
    public async Task A_share_of_an_upload_is_there_after_a_restart()
    {
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);
        var spool = await BeginAsync(browser);
        await BrowserStand.JsonAsync(await PutAsync(browser, spool, "a.txt", 0, "abc"u8.ToArray()));
        var share = await BrowserStand.JsonAsync(await browser.PostAsync($"/api/web/spools/{spool}/share", """{"broadcast":true}"""));

        await service.RestartAsync();
        await service.UntilShareAsync(share.GetProperty("id").GetString()!, static view => view.State == ShareState.Sharing);
        var receive = await service.OrderAsync(share.GetProperty("ticket").GetString()!);
        await service.UntilAsync(receive.Id, static view => view.State == ReceiveState.Completed);

        Assert.Equal("abc", await File.ReadAllTextAsync(Path.Combine(service.Downloads, "a.txt")));
    }

    [Fact]
    public async Task An_upload_goes_on_where_it_was_cut()
    {
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);
        var spool = await BeginAsync(browser);
        await BrowserStand.JsonAsync(await PutAsync(browser, spool, "a.txt", 0, "abc"u8.ToArray()));

        var again = await BrowserStand.ErrorAsync(await PutAsync(browser, spool, "a.txt", 0, "abc"u8.ToArray()));
        var beyond = await BrowserStand.ErrorAsync(await PutAsync(browser, spool, "a.txt", 7, "abc"u8.ToArray()));
        var view = await BrowserStand.JsonAsync(await browser.GetAsync($"/api/web/spools/{spool}"));
        var there = view.GetProperty("files")[0].GetProperty("bytes").GetInt64();
        var rest = await BrowserStand.JsonAsync(await PutAsync(browser, spool, "a.txt", there, "def"u8.ToArray()));

        Assert.Equal((409, ServiceCodes.Conflict), again);
        Assert.Equal((409, ServiceCodes.Conflict), beyond);
        Assert.Equal(6, rest.GetProperty("bytes").GetInt64());
        Assert.Equal("abcdef", await File.ReadAllTextAsync(Assert.Single(Leftovers(service))));
    }

    [Theory]
    [InlineData("../../../../escape.txt")]
    [InlineData("/etc/escape.txt")]
    [InlineData("a/../../escape.txt")]
    [InlineData("..\\..\\escape.txt")]
    [InlineData("C:\\escape.txt")]
    [InlineData("a/./././b/..//escape.txt")]
    [InlineData("....//....//escape.txt")]
    public async Task No_name_leads_out_of_the_upload(string name)
    {
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);
        var before = Directory.EnumerateFiles(service.Folder.Path, "*", SearchOption.AllDirectories).ToHashSet();
        var spool = await BeginAsync(browser);

        var file = await BrowserStand.JsonAsync(await PutAsync(browser, spool, name, 0, "x"u8.ToArray()));

        var made = Assert.Single(Directory.EnumerateFiles(service.Folder.Path, "*", SearchOption.AllDirectories), path => !before.Contains(path) && path.Contains("escape", StringComparison.Ordinal));
        Assert.StartsWith(Path.Combine(service.Place.Folder, "spools", spool, "files") + Path.DirectorySeparatorChar, made, StringComparison.Ordinal);
        Assert.DoesNotContain("..", file.GetProperty("path").GetString()!.Split('/'));
    }

    [Fact]
    public async Task A_hostile_name_is_made_safe_and_comes_as_text()
    {
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);
        const string Name = "<img src=x onerror=alert(1)>\u202Egpj.exe\u0007\n.txt";
        var spool = await BeginAsync(browser);

        using var response = await PutAsync(browser, spool, Name, 0, "x"u8.ToArray());
        var raw = await response.Content.ReadAsStringAsync(service.Token);
        var file = JsonDocument.Parse(raw).RootElement;
        var share = await BrowserStand.JsonAsync(await browser.PostAsync($"/api/web/spools/{spool}/share", "{}"));

        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain('<', raw);
        Assert.Equal(Name, file.GetProperty("name").GetString());
        var path = share.GetProperty("name").GetString()!;
        Assert.DoesNotContain(path, static c => char.IsControl(c) || c == '\u202E');
        Assert.Equal(file.GetProperty("path").GetString(), path);
    }

    [Fact]
    public async Task Names_that_become_one_are_kept_apart()
    {
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);
        var spool = await BeginAsync(browser);

        var paths = new List<string>();
        foreach (var name in new[] { "a\u0001.txt", "a\u0002.txt", "A_.TXT" })
            paths.Add((await BrowserStand.JsonAsync(await PutAsync(browser, spool, name, 0, Encoding.UTF8.GetBytes(name)))).GetProperty("path").GetString()!);

        Assert.Equal(["a_.txt", "a_ (2).txt", "A_ (3).TXT"], paths);
        Assert.Equal(3, paths.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public async Task A_cancelled_upload_leaves_nothing()
    {
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);
        var spool = await BeginAsync(browser);
        await BrowserStand.JsonAsync(await PutAsync(browser, spool, "a.txt", 0, "abc"u8.ToArray()));

        using var deleted = await browser.SendAsync(browser.Request(HttpMethod.Delete, $"/api/web/spools/{spool}"));

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Empty(Leftovers(service));
        Assert.Equal((404, ServiceCodes.NotFound), await BrowserStand.ErrorAsync(await PutAsync(browser, spool, "a.txt", 3, "d"u8.ToArray())));
    }

    [Fact]
    public async Task Uploads_end_with_the_service_and_what_a_killed_one_left_is_removed()
    {
        await using var service = await ServiceHarness.StartAsync();
        using (var browser = await BrowserStand.OpenAsync(service))
            await BrowserStand.JsonAsync(await PutAsync(browser, await BeginAsync(browser), "a.txt", 0, "abc"u8.ToArray()));

        await service.StopAsync();
        Assert.Empty(Leftovers(service));
        Directory.CreateDirectory(Path.Combine(service.Place.Folder, "spools", "0123456789"));
        await File.WriteAllTextAsync(Path.Combine(service.Place.Folder, "spools", "0123456789", "left"), "x");
        Directory.CreateDirectory(Path.Combine(service.Place.Folder, "shares", "0123456789", "files"));
        await File.WriteAllTextAsync(Path.Combine(service.Place.Folder, "shares", "0123456789", "files", "left"), "x");
        var door = Path.Combine(Path.GetDirectoryName(service.Place.Address)!, "altsendme-window-0123456789abcdef.html");
        if (!OperatingSystem.IsWindows())
            await File.WriteAllTextAsync(door, "x");
        await service.StartAsync();

        Assert.False(File.Exists(door));
        Assert.Empty(Leftovers(service));
    }

    [Fact]
    public async Task What_does_not_fit_on_the_drive_is_refused_before_it_comes()
    {
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);
        var spool = await BeginAsync(browser);
        var content = new EndlessContent(long.MaxValue / 2);
        content.Headers.ContentType = new("application/octet-stream");

        (int Status, string? Code) answer;
        try
        {
            answer = await BrowserStand.ErrorAsync(await browser.SendAsync(browser.Request(HttpMethod.Put, $"/api/web/spools/{spool}/files?name=a&offset=0", content)));
        }
        catch (HttpRequestException)
        {
            // Closed while it was still being sent, which is as good.
            answer = (422, ErrorCodes.DiskFull);
        }

        Assert.Equal((422, ErrorCodes.DiskFull), answer);
        Assert.Empty(Leftovers(service));
    }

    [Theory]
    [InlineData("POST", "/api/web/spools/0123456789/share", "{}", 404)]
    [InlineData("POST", "/api/web/spools/SPOOL/share", "{}", 400)]
    [InlineData("POST", "/api/web/spools/SPOOL/share", """{"paths":["/etc/passwd"]}""", 400)]
    [InlineData("POST", "/api/web/spools/..%2F..%2Fshares/share", "{}", 404)]
    public async Task An_upload_is_shared_as_it_is_or_not_at_all(string method, string path, string body, int status)
    {
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);
        path = path.Replace("SPOOL", await BeginAsync(browser), StringComparison.Ordinal);

        using var response = await browser.SendAsync(browser.Request(new HttpMethod(method), path, new StringContent(body, null, "application/json")));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Empty(await service.Client.SharesAsync(service.Token));
    }

    [Fact]
    public async Task Uploads_at_once_are_bounded()
    {
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);
        for (var i = 0; i < 8; i++)
            await BeginAsync(browser);

        Assert.Equal((429, ServiceCodes.Busy), await BrowserStand.ErrorAsync(await browser.SendAsync(browser.Request(HttpMethod.Post, "/api/web/spools"))));
    }

    private static async Task<string> BeginAsync(BrowserStand browser) => (await BrowserStand.JsonAsync(await browser.SendAsync(browser.Request(HttpMethod.Post, "/api/web/spools")))).GetProperty("id").GetString()!;

    private static Task<HttpResponseMessage> PutAsync(BrowserStand browser, string spool, string name, long offset, byte[] content) =>
        browser.PutAsync($"/api/web/spools/{spool}/files?name={Uri.EscapeDataString(name)}&offset={offset}", content);

    /// <summary>All files of uploads, shared or not.</summary>
    private static IEnumerable<string> Leftovers(ServiceHarness service) =>
        new[] { "spools", "shares" }.Select(name => Path.Combine(service.Place.Folder, name)).Where(Directory.Exists).SelectMany(static folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));

    /// <summary>Says that it is long, and sends a little.</summary>
    private sealed class EndlessContent(long length) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(new byte[1000]).AsTask();

        protected override bool TryComputeLength(out long value)
        {
            value = length;
            return true;
        }
    }
}
