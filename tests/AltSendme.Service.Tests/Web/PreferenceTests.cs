using System.Text.Json;
using AltSendme.Core.Policy;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;

namespace AltSendme.Service.Tests.Web;

public sealed class PreferenceTests
{
    [Fact]
    public async Task A_folder_that_was_chosen_is_remembered()
    {
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);
        var folder = Path.Combine(service.Folder.Path, "chosen");

        var after = await ChangeAsync(browser, new { changes = new[] { new { key = "Receive:Folder", values = new[] { folder } } } });
        var me = await BrowserStand.JsonAsync(await browser.GetAsync("/api/web/me"));
        var share = await service.ShareAsync("a.txt", "abc"u8);
        var receive = await service.Client.StartReceiveAsync(new ReceiveOrder { Tickets = [share.Ticket!] }, service.Token);

        Assert.Equal(folder, Setting(after, "Receive:Folder").GetProperty("value").GetString());
        Assert.Equal(folder, me.GetProperty("destination").GetString());
        Assert.Equal(folder, receive.Destination);
    }

    [Fact]
    public async Task Relays_and_their_tokens_are_kept_and_tokens_never_shown()
    {
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);
        const string One = "https://one.example/";
        const string Two = "https://two.example/";

        await ChangeAsync(browser, new { relays = new { mode = "custom", custom = new object[] { new { url = One, token = "secret-one" }, new { url = Two } } } });
        var kept = await ChangeAsync(browser, new { relays = new { mode = "custom", custom = new object[] { new { url = Two }, new { url = One } } } });
        Assert.Contains("secret-one", await File.ReadAllTextAsync(service.Files.User), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", kept.GetRawText(), StringComparison.Ordinal);
        Assert.Equal([(Two, false), (One, true)], kept.GetProperty("relays").GetProperty("custom").EnumerateArray().Select(static relay => (relay.GetProperty("url").GetString()!, relay.GetProperty("hasToken").GetBoolean())));

        await ChangeAsync(browser, new { relays = new { mode = "custom", custom = new object[] { new { url = One, token = "" } } } });
        Assert.DoesNotContain("secret", await File.ReadAllTextAsync(service.Files.User), StringComparison.Ordinal);
        var disabled = await ChangeAsync(browser, new { relays = new { mode = "disabled" } });
        Assert.Equal(("disabled", 0), (disabled.GetProperty("relays").GetProperty("mode").GetString(), disabled.GetProperty("relays").GetProperty("custom").GetArrayLength()));
    }

    [Theory]
    [InlineData("""{}""", 400)]
    [InlineData("""{"changes":[{"key":"Send:Prewiev","values":["true"]}]}""", 422)]
    [InlineData("""{"changes":[{"key":"Send:Preview","values":["perhaps"]}]}""", 422)]
    [InlineData("""{"changes":[{"key":"Send:Preview","values":["false"]},{"key":"Listen:Port","values":["70000"]}]}""", 422)]
    [InlineData("""{"changes":[{"key":"Send:Preview","values":["false"]}],"relays":{"mode":"custom"}}""", 422)]
    [InlineData("""{"changes":[{"key":"Relays:Mode","values":["disabled"]}]}""", 400)]
    [InlineData("""{"relays":{"mode":"custom","custom":[{"url":"javascript:alert(1)"}]}}""", 422)]
    [InlineData("""{"relays":{"mode":"custom","custom":[null]}}""", 400)]
    [InlineData("""{"changes":[null]}""", 400)]
    [InlineData("""{"changes":[{"key":"Analytics:Enabled","values":["true"]}]}""", 422)]
    [InlineData("""{"changes":[{"key":"Receive:Folder","values":["relative"]}]}""", 422)]
    public async Task What_can_not_be_used_changes_nothing(string order, int status)
    {
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);

        using var response = await browser.SendAsync(browser.Request(HttpMethod.Put, "/api/web/settings", new StringContent(order, null, "application/json")));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.False(File.Exists(service.Files.User));
    }

    [Fact]
    public async Task What_policy_locks_is_shown_with_its_source_and_can_not_be_changed()
    {
        await using var service = new ServiceHarness { Policy = """{"Settings":{"Send":{"Preview":false}},"Relays":{"Mode":"disabled"}}""" };
        await service.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);

        var view = await BrowserStand.JsonAsync(await browser.GetAsync("/api/web/settings"));
        var order = new StringContent("""{"changes":[{"key":"Receive:Conflict","values":["skip"]},{"key":"Send:Preview","values":["true"]}]}""", null, "application/json");
        var (status, code) = await BrowserStand.ErrorAsync(await browser.SendAsync(browser.Request(HttpMethod.Put, "/api/web/settings", order)));

        var locked = Setting(view, "Send:Preview");
        Assert.Equal(("false", true), (locked.GetProperty("value").GetString(), locked.GetProperty("isLocked").GetBoolean()));
        Assert.Contains(PolicyText.Source, locked.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains(("Relays:Mode", "disabled"), view.GetProperty("relays").GetProperty("rules").EnumerateArray().Select(static rule => (rule.GetProperty("key").GetString()!, rule.GetProperty("value").GetString()!)));
        Assert.Equal((403, PolicyCodes.SettingLocked), (status, code));
        Assert.False(File.Exists(service.Files.User));
    }

    [Fact]
    public async Task A_relay_that_nothing_can_use_is_reported_and_no_url_is_taken_that_is_none()
    {
        await using var service = await ServiceHarness.StartAsync();
        using var browser = await BrowserStand.OpenAsync(service);

        var (status, code) = await BrowserStand.ErrorAsync(await browser.PostAsync("/api/web/relays/test", """{"url":"https://relay.example/"}"""));
        var bad = await BrowserStand.ErrorAsync(await browser.PostAsync("/api/web/relays/test", """{"url":"file:///etc/passwd"}"""));

        Assert.Equal((422, "plugin.no-relay"), (status, code));
        Assert.Equal((400, ServiceCodes.BadRequest), bad);
    }

    private static JsonElement Setting(JsonElement view, string key) => view.GetProperty("settings").EnumerateArray().Single(setting => setting.GetProperty("key").GetString() == key);

    private static async Task<JsonElement> ChangeAsync(BrowserStand browser, object order) =>
        await BrowserStand.JsonAsync(await browser.SendAsync(browser.Request(HttpMethod.Put, "/api/web/settings", new StringContent(JsonSerializer.Serialize(order), null, "application/json"))));
}
